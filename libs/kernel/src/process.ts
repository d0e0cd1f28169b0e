import type { DomainEvent, RecordedEvent } from './events.js';

/** What wakes a process: an event that it hears, one of its timers that is due, or the answer to a command of its own. */
export type Trigger =
  | { readonly kind: 'event'; readonly event: HeardEvent }
  | { readonly kind: 'timer'; readonly timer: string }
  | { readonly kind: 'answer'; readonly command: string };

export type HeardEvent = Pick<RecordedEvent, 'id' | 'type' | 'data' | 'stream' | 'metadata'>;

/**
 * What a process does next: pure, as every decision. `now` is RFC 3339. No events mean that there is nothing to do;
 * an event may come again and late, so what follows is decided from the facts of today and from what was done before.
 */
export type React<State, Event extends DomainEvent, Facts> = (
  trigger: Trigger,
  state: State,
  facts: Facts,
  now: string,
) => readonly Event[];

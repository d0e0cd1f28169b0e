import type { DomainEvent, EventDefinitions } from './events.js';

/** One kind of stream: how its state begins and how each event changes it. `evolve` is pure. */
export interface Aggregate<State, Event extends DomainEvent> {
  /** First part of its stream names; no hyphen. */
  readonly category: string;
  readonly events: EventDefinitions;
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
}

/** Pure: no clock, no chance, no I/O. No events means that there is nothing to do. */
export type Decide<Input, State, Event extends DomainEvent, Facts = undefined> = (
  command: Input,
  state: State,
  facts: Facts,
) => readonly Event[];

/** Ends an `evolve` switch: the compiler refuses an event type that is not handled. */
export function unhandled(event: never): never {
  throw new Error(`No fold for event ${JSON.stringify(event)}`);
}

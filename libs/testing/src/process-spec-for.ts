import type { Aggregate, DomainEvent, HeardEvent, React, Trigger } from '@app/kernel';
import { exampleMetadata } from './spec-for.js';

interface PureProcess<State, Event extends DomainEvent, Facts> {
  readonly hears: Readonly<Record<string, unknown>>;
  readonly react: React<State, Event, Facts>;
}

/** An event of another record, as a process hears it. */
export const heard = (event: DomainEvent, stream: HeardEvent['stream']): Trigger => ({
  kind: 'event',
  event: {
    ...event,
    id: '00000000-0000-4000-8000-000000000003',
    stream,
    metadata: { ...exampleMetadata, schemaVersion: 1 },
  },
});
export const due = (timer: string): Trigger => ({ kind: 'timer', timer });
export const answered = (command: string): Trigger => ({ kind: 'answer', command });

/** Given what the process did before, when it is woken and the facts are so, then it does this (nothing: no events). */
export function processSpecFor<State, Event extends DomainEvent, Facts>(
  { initial, evolve }: Pick<Aggregate<State, Event>, 'initial' | 'evolve'>,
  { hears, react }: PureProcess<State, Event, Facts>,
) {
  return {
    given: (...history: readonly Event[]) => ({
      when: (trigger: Trigger, facts: Facts, now: string = exampleMetadata.occurredAt) => {
        const state = history.reduce(evolve, initial);
        const doNext = (at: State): readonly Event[] => react(trigger, at, facts, now);
        return {
          then: (...expected: readonly Event[]) => {
            if (trigger.kind === 'event') expect(Object.keys(hears)).toContain(trigger.event.type);
            const events = doNext(state);
            expect(events).toEqual(expected);
            // Heard twice, nothing more happens.
            if (trigger.kind === 'event') expect(doNext(events.reduce(evolve, state))).toEqual([]);
          },
        };
      },
    }),
  };
}

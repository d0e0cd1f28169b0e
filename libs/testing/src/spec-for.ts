import type { Aggregate, Command, CommandMetadata, Decide, DomainEvent, Rule } from '@app/kernel';
import { RuleViolation } from '@app/kernel';

export const exampleMetadata: CommandMetadata = {
  commandId: '00000000-0000-4000-8000-000000000001',
  correlationId: '00000000-0000-4000-8000-000000000002',
  actor: { person: 'p-clerk', role: 'administrator', tenant: 'boston', grant: 'g-1', grantRevision: '0' },
  occurredAt: '2026-01-05T09:00:00Z',
};

type CommandType<C> = new (tenant: string, id: string, data: never, metadata: CommandMetadata) => C;

/** What a spec showed: these events, decided by that command after that history. */
export interface ShownDecision {
  readonly aggregate: Aggregate<unknown, DomainEvent>;
  readonly command: string;
  readonly history: readonly DomainEvent[];
  readonly events: readonly DomainEvent[];
}

/** Hears every decision that a spec shows; docs/reference draws the state machines from them. */
export const shown: { hear?: (decision: ShownDecision) => void } = {};

/** Given events, when a command comes, then these events (none: nothing to do) or a refusal by one rule. */
export function specFor<C extends Command, State, Event extends DomainEvent, Facts = undefined>(
  aggregate: Aggregate<State, Event>,
  command: CommandType<C>,
  decide: Decide<C, State, Event, Facts>,
) {
  return {
    given: (...history: readonly Event[]) => ({
      when: (data: C['data'], { facts, ...metadata }: Partial<CommandMetadata> & { facts?: Facts } = {}) => {
        const run = (): readonly Event[] =>
          decide(
            new command('boston', 'boston', data as never, { ...exampleMetadata, ...metadata }),
            history.reduce(aggregate.evolve, aggregate.initial),
            facts as Facts,
          );
        return {
          then: (...expected: readonly Event[]) => {
            const events = run();
            const heard = aggregate as unknown as Aggregate<unknown, DomainEvent>;
            shown.hear?.({ aggregate: heard, command: command.name, history, events });
            expect(events).toEqual(expected);
          },
          refused: (rule: Rule, pointer?: string) => {
            let refusal: unknown;
            try {
              run();
            } catch (thrown) {
              refusal = thrown;
            }
            expect(refusal).toBeInstanceOf(RuleViolation);
            const violation = refusal as RuleViolation;
            expect(violation.rule).toBe(rule);
            if (pointer !== undefined) expect(violation.pointer).toBe(pointer);
          },
        };
      },
    }),
  };
}

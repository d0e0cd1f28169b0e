import { differences, type Difference, type RecordedEvent } from '@app/kernel';
import type { PlanEvent } from './plan.events.js';
import { plan, type PlanState } from './plan.state.js';

/** One event of a plan: who did what, when, and what it changed. */
export interface HistoryEntry {
  readonly revision: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly person: string;
  readonly role: string;
  readonly legalBasis?: string;
  readonly data: object;
  /** Places of the plan, by the ids of its parts: `/goals/leaks-in-three-days/target/value`. */
  readonly changed: readonly Difference[];
}

/** The events of a plan in order, each with the difference that it made to the state before it. */
export async function* planHistory(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  before: PlanState,
): AsyncGenerator<HistoryEntry> {
  let state = before;
  for await (const event of events) {
    const next = plan.evolve(state, event as unknown as PlanEvent);
    const { actor, occurredAt, legalBasis } = event.metadata;
    yield {
      revision: event.revision.toString(),
      type: event.type,
      occurredAt,
      recordedAt: event.recordedAt.toISOString(),
      person: actor.person,
      role: actor.role,
      ...(legalBasis === undefined ? {} : { legalBasis }),
      data: event.data,
      changed: differences(byId(state), byId(next)),
    };
    state = next;
  }
}

const ids = [
  'goalId',
  'problemId',
  'solutionId',
  'standardId',
  'gapId',
  'serviceId',
  'reportId',
  'revisionId',
] as const;
const idOf = (part: object): string | undefined => {
  const name = ids.find((one) => one in part);
  return name === undefined ? undefined : String((part as Readonly<Record<string, unknown>>)[name]);
};

/** A list of named parts as a map of them: a part that goes away does not change those behind it. */
const byId = (state: PlanState): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [name, isNamed(name, value) ? mapOf(value) : value]));

const named: ReadonlySet<string> = new Set([
  'goals',
  'problems',
  'solutions',
  'standards',
  'gaps',
  'keyServices',
  'reports',
  'revisions',
]);
const isNamed = (name: string, value: unknown): value is readonly object[] => named.has(name) && Array.isArray(value);
const mapOf = (parts: readonly object[]): ReadonlyMap<string, object> =>
  new Map(parts.map((part, at) => [idOf(part) ?? String(at), part]));

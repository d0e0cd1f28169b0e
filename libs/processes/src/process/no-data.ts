import type { ProcessState } from './process.state.js';

/** The process that says so; its instances are plans (`water-2026`) and initiatives. */
export const lateProgress = 'remind-owner-when-progress-is-late';

/** What is said in public where nobody has answered for something. */
export interface NoData {
  /** First calendar day that it is true of. */
  readonly since: string;
  readonly reason: string;
}

/** The notices on goals that stand in an instance of that process, by goal. */
export const goalsWithoutData = ({ notices }: ProcessState): ReadonlyMap<string, NoData> =>
  new Map(
    Object.values(notices).flatMap(({ stands, kind, subject, since, reason }) =>
      stands && kind === 'no-data' && subject.kind === 'goal' && subject.id !== undefined
        ? [[subject.id, { since, reason }] as const]
        : [],
    ),
  );

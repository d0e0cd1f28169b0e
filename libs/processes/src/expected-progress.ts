import { indicator, ledgerRegister } from '@app/indicators/events';
import type { AggregateReader } from '@app/event-store';
import { boundsOf, cycleOf, type PeriodKey } from '@app/kernel';
import {
  initiative,
  plan,
  type Goal,
  type PlanInForce,
  type StartedInitiative,
  type PlanState,
} from '@app/planning/events';
import type { Subject } from './process/process.events.js';

/** A day by which something should have been heard. */
export interface ExpectedPoint {
  /** Period, milestone or day. */
  readonly label: string;
  /** Last day that it is about. */
  readonly endsOn: string;
  /** Whether a reading, a report or a decision has come. */
  readonly isThere: boolean;
}

/** What should be heard of a goal or an initiative, in order of days. */
export interface Expectation {
  readonly subject: Subject;
  /** Digest of whoever answers for it; undefined where nobody is named. */
  readonly owner: string | undefined;
  readonly points: readonly ExpectedPoint[];
}

/** Half-open, as epoch milliseconds of days that are taken as if they were in UTC. */
interface Span {
  readonly from: number;
  readonly to: number;
}

const dayMilliseconds = 86_400_000;

function spanOf(period: PeriodKey, fiscalYearStart: number): Span | undefined {
  if (cycleOf(period) === undefined) return undefined;
  const { from, to } = boundsOf(period, 'UTC', fiscalYearStart);
  return { from: from.getTime(), to: to.getTime() };
}

const spanOfDay = (day: string): Span => ({ from: Date.parse(day), to: Date.parse(day) + dayMilliseconds });
const meet = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;
const lastDayOf = ({ to }: Span): string => new Date(to - dayMilliseconds).toISOString().slice(0, 10);

/** Goals of a plan in force that was decided on here; nothing is expected of any other plan. */
export async function expectedOfPlan(
  reader: AggregateReader,
  tenant: string,
  planId: string,
): Promise<readonly Expectation[]> {
  const { state } = await reader.load(plan, tenant, planId);
  if (!isInForce(state)) return [];
  const readOf = new Map<string, PeriodsRead | undefined>();
  for (const { indicatorId } of state.goals)
    if (indicatorId !== undefined && !readOf.has(indicatorId))
      readOf.set(indicatorId, await periodsRead(reader, tenant, indicatorId));
  return state.goals.map((goal) => {
    const read = goal.indicatorId === undefined ? undefined : readOf.get(goal.indicatorId);
    const fiscalYearStart = read?.fiscalYearStart ?? Number(state.from.slice(5, 7));
    const reported = state.reports
      .filter(({ status, results }) => status !== 'returned' && results.some(({ goalId }) => goalId === goal.goalId))
      .map(({ period }) => period);
    const heard = [...(read?.periods ?? []), ...reported].flatMap((period) => spanOf(period, fiscalYearStart) ?? []);
    return {
      subject: { kind: 'goal', stream: `plan-${tenant}/${planId}`, id: goal.goalId },
      owner: ownerOf(state, goal.goalId),
      points: spansOf(goal, fiscalYearStart).map(({ label, span }) => ({
        label,
        endsOn: lastDayOf(span),
        isThere: heard.some((one) => meet(one, span)),
      })),
    };
  });
}

const isInForce = (state: PlanState): state is PlanInForce =>
  (state.status === 'published' || state.status === 'under-revision') && state.authority.kind === 'approved';

/** The owner of the first selected solution that serves the goal. */
const ownerOf = ({ solutions }: PlanInForce, goalId: string): string | undefined =>
  solutions.find(
    ({ status, goalIds, owner }) => status === 'selected' && owner !== undefined && goalIds.includes(goalId),
  )?.owner;

/** The periods of the trajectory, and the due date where none of them reaches it. */
function spansOf(
  { trajectory, dueDate }: Goal,
  fiscalYearStart: number,
): readonly { readonly label: string; readonly span: Span }[] {
  const periods = trajectory.flatMap(({ period }) => {
    const span = spanOf(period, fiscalYearStart);
    return span === undefined ? [] : [{ label: period, span }];
  });
  if (dueDate === undefined) return periods;
  const due = spanOfDay(dueDate);
  return periods.some(({ span }) => meet(span, due)) ? periods : [...periods, { label: dueDate, span: due }];
}

/** Periods of an indicator that have readings. */
interface PeriodsRead {
  readonly periods: readonly PeriodKey[];
  readonly fiscalYearStart: number;
}

async function periodsRead(
  reader: AggregateReader,
  tenant: string,
  indicatorId: string,
): Promise<PeriodsRead | undefined> {
  const { state } = await reader.load(indicator, tenant, indicatorId);
  if (state.status === 'undefined') return undefined;
  const { state: register } = await reader.load(ledgerRegister, tenant, indicatorId);
  return { periods: register.periods, fiscalYearStart: state.card.fiscalYearStart };
}

/** Milestones of an initiative under way, and its own due date. */
export async function expectedOfInitiative(
  reader: AggregateReader,
  tenant: string,
  initiativeId: string,
): Promise<readonly Expectation[]> {
  const { state } = await reader.load(initiative, tenant, initiativeId);
  if (state.status !== 'under-way') return [];
  const points = [
    ...state.milestones.map(({ milestoneId, dueOn, status }) => ({
      label: milestoneId,
      endsOn: dueOn,
      isThere: status !== 'planned' || isReportedAfter(state, dueOn),
    })),
    { label: state.dueOn, endsOn: state.dueOn, isThere: isReportedAfter(state, state.dueOn) },
  ];
  return [
    {
      subject: { kind: 'initiative', stream: `initiative-${tenant}/${initiativeId}` },
      owner: state.owner,
      points: points.sort((left, right) => (left.endsOn < right.endsOn ? -1 : left.endsOn > right.endsOn ? 1 : 0)),
    },
  ];
}

const isReportedAfter = ({ reports }: StartedInitiative, day: string): boolean => reports.some(({ on }) => on >= day);

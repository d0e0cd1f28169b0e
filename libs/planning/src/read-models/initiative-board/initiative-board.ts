import { Decimal, type RecordedEvent } from '@app/kernel';
import { defineProjection } from '@app/projections';
import type { InitiativeEvent } from '../../initiative/initiative.events.js';
import {
  initiative,
  openBlockers,
  type InitiativeState,
  type Milestone,
  type StartedInitiative,
} from '../../initiative/initiative.state.js';

/** One initiative as it stands. */
export interface BoardedInitiative {
  /** `cape-town/water-2026.second-crew`. */
  readonly _id: string;
  readonly agency: string;
  readonly plan: string;
  readonly revision: string;
  readonly updatedAt: string;
  /** Next day on which something is due; {@link never} for one that has ended. */
  readonly nextDueOn: string;
  readonly state: StartedInitiative;
}

/** Behind every calendar day, as text. */
export const never = '9999-12-31';

/** Waits to be reached. */
const isOpen = ({ status }: Milestone): boolean => status === 'planned';

/** The next milestone, or the end of the initiative if that comes first. */
export function nextDueOf(state: StartedInitiative): string {
  if (state.status !== 'under-way') return never;
  return [state.dueOn, ...state.milestones.filter(isOpen).map(({ dueOn }) => dueOn)].sort()[0]!;
}

function fold(
  doc: BoardedInitiative | undefined,
  event: RecordedEvent<InitiativeEvent>,
): BoardedInitiative | undefined {
  const { tenant, id } = event.stream;
  const state: InitiativeState = initiative.evolve(doc?.state ?? initiative.initial, event as InitiativeEvent);
  if (state.status === 'not-started') return doc;
  return {
    _id: `${tenant}/${id}`,
    agency: tenant,
    plan: state.planId,
    revision: event.revision.toString(),
    updatedAt: event.metadata.occurredAt,
    nextDueOn: nextDueOf(state),
    state,
  };
}

export const initiativeBoard = defineProjection<BoardedInitiative, InitiativeEvent>({
  name: 'initiative-board',
  version: 1,
  indexes: [
    { key: { agency: 1, _id: 1 } },
    { key: { agency: 1, plan: 1, _id: 1 } },
    { key: { agency: 1, 'state.status': 1, _id: 1 } },
    { key: { agency: 1, plan: 1, 'state.status': 1, _id: 1 } },
    { key: { agency: 1, nextDueOn: 1, _id: 1 } },
    { key: { agency: 1, plan: 1, nextDueOn: 1, _id: 1 } },
    { key: { agency: 1, 'state.status': 1, nextDueOn: 1, _id: 1 } },
    { key: { agency: 1, plan: 1, 'state.status': 1, nextDueOn: 1, _id: 1 } },
  ],
  documentId: ({ stream }) => `${stream.tenant}/${stream.id}`,
  on: {
    InitiativeStarted: fold,
    MilestonePlanned: fold,
    MilestoneRescheduled: fold,
    MilestoneReached: fold,
    MilestoneMissed: fold,
    ProgressReported: fold,
    BlockerRaised: fold,
    BlockerCleared: fold,
    InitiativeOwnerChanged: fold,
    InitiativeCompleted: fold,
    InitiativeCancelled: fold,
  },
});

export interface InitiativeRow {
  readonly plan: string;
  readonly initiative: string;
  readonly title: string;
  readonly status: string;
  readonly owner: string;
  readonly startedOn: string;
  readonly dueOn: string;
  /** Of the last report; null before the first. */
  readonly percent: number | null;
  readonly confidence: string | null;
  readonly lastReportOn: string | null;
  readonly budget: string;
  readonly spend: string | null;
  readonly currency: string;
  /** Spend in percent of the budget, half up at one place; null without a report or a budget. */
  readonly spendPercent: string | null;
  readonly overBudget: boolean;
  readonly milestones: number;
  readonly milestonesReached: number;
  readonly milestonesMissed: number;
  /** Planned, and due before the day of the board. */
  readonly milestonesOverdue: number;
  /** Next one that is planned; null: none. */
  readonly nextMilestone: string | null;
  readonly nextMilestoneDueOn: string | null;
  readonly openBlockers: readonly string[];
  /** Of the gravest open blocker; null: none is open. */
  readonly blockerSeverity: string | null;
  /** A milestone, or the initiative itself, was due before the day of the board. */
  readonly overdue: boolean;
  readonly revision: string;
  readonly updatedAt: string;
}

const gravestFirst = ['high', 'medium', 'low'] as const;

/** `today` is a calendar day of the agency: what was due before it is overdue. */
export function rowOf(
  { plan, revision, updatedAt, nextDueOn, state }: Omit<BoardedInitiative, '_id' | 'agency'>,
  today: string,
): InitiativeRow {
  const { milestones, budget } = state;
  const report = state.reports.at(-1);
  const planned = milestones.filter(isOpen).toSorted((left, right) => (left.dueOn < right.dueOn ? -1 : 1));
  const isRunning = state.status === 'under-way';
  const blockers = openBlockers(state);
  return {
    plan,
    initiative: state.solutionId,
    title: state.title,
    status: state.status,
    owner: state.owner,
    startedOn: state.startedOn,
    dueOn: state.dueOn,
    percent: report?.percent ?? null,
    confidence: report?.confidence ?? null,
    lastReportOn: report?.on ?? null,
    budget: budget.amount,
    spend: report?.spend ?? null,
    currency: budget.unit,
    spendPercent: report === undefined ? null : shareOf(report.spend, budget.amount),
    overBudget: report !== undefined && new Decimal(report.spend).greaterThan(budget.amount),
    milestones: milestones.length,
    milestonesReached: milestones.filter(({ status }) => status === 'reached').length,
    milestonesMissed: milestones.filter(({ status }) => status === 'missed').length,
    milestonesOverdue: isRunning ? planned.filter(({ dueOn }) => dueOn < today).length : 0,
    nextMilestone: planned[0]?.milestoneId ?? null,
    nextMilestoneDueOn: planned[0]?.dueOn ?? null,
    openBlockers: blockers.map(({ blockerId }) => blockerId),
    blockerSeverity: gravestFirst.find((grave) => blockers.some(({ severity }) => severity === grave)) ?? null,
    overdue: nextDueOn < today,
    revision,
    updatedAt,
  };
}

const shareOf = (part: string, whole: string): string | null =>
  new Decimal(whole).isZero() ? null : new Decimal(part).times(100).dividedBy(whole).toDecimalPlaces(1).toString();

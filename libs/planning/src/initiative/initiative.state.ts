import { unhandled, type Aggregate } from '@app/kernel';
import {
  initiativeEvents,
  type BlockerSeverity,
  type Confidence,
  type InitiativeEvent,
  type MilestoneEvidence,
} from './initiative.events.js';

interface MilestoneTerms {
  readonly milestoneId: string;
  readonly title: string;
  readonly dueOn: string;
  /** How often its due date was moved. */
  readonly rescheduled: number;
}
export type PlannedMilestone = MilestoneTerms & { readonly status: 'planned' };
export type ReachedMilestone = MilestoneTerms & {
  readonly status: 'reached';
  readonly on: string;
  readonly evidence: readonly MilestoneEvidence[];
};
export type MissedMilestone = MilestoneTerms & { readonly status: 'missed'; readonly reason: string };
export type Milestone = PlannedMilestone | ReachedMilestone | MissedMilestone;

export interface Blocker {
  readonly blockerId: string;
  readonly description: string;
  readonly severity: BlockerSeverity;
  readonly raisedOn: string;
  /** Absent while it stands. */
  readonly cleared?: { readonly on: string; readonly how: string };
}

export interface Progress {
  readonly on: string;
  readonly percent: number;
  readonly spend: string;
  readonly confidence: Confidence;
  readonly blockers: readonly string[];
  readonly narrative: string;
  readonly reporter: string;
}

export interface Initiative {
  readonly planId: string;
  readonly solutionId: string;
  readonly title: string;
  readonly owner: string;
  readonly budget: { readonly amount: string; readonly unit: string };
  readonly startedOn: string;
  readonly dueOn: string;
  readonly planEndsOn: string;
  readonly milestones: readonly Milestone[];
  readonly blockers: readonly Blocker[];
  /** The newest last. */
  readonly reports: readonly Progress[];
}

export type UnderWay = Initiative & { readonly status: 'under-way' };
export type Completed = Initiative & { readonly status: 'completed'; readonly endedOn: string };
export type Cancelled = Initiative & {
  readonly status: 'cancelled';
  readonly endedOn: string;
  readonly reason: string;
};
export type StartedInitiative = UnderWay | Completed | Cancelled;
export type InitiativeState = { readonly status: 'not-started' } | StartedInitiative;

export const initiative: Aggregate<InitiativeState, InitiativeEvent> = {
  category: 'initiative',
  events: initiativeEvents,
  initial: { status: 'not-started' },
  evolve: (state, event) => {
    if (event.type === 'InitiativeStarted') {
      const { by: _by, ...terms } = event.data;
      return { ...terms, status: 'under-way', milestones: [], blockers: [], reports: [] };
    }
    return state.status === 'not-started' ? state : evolveStarted(state, event);
  },
};

type LaterEvent = Exclude<InitiativeEvent, { type: 'InitiativeStarted' }>;

function evolveStarted(state: StartedInitiative, event: LaterEvent): InitiativeState {
  const changed = (milestoneId: string, change: (terms: MilestoneTerms) => Milestone): InitiativeState => ({
    ...state,
    milestones: state.milestones.map((one) => (one.milestoneId === milestoneId ? change(termsOf(one)) : one)),
  });
  switch (event.type) {
    case 'MilestonePlanned': {
      const { milestoneId, title, dueOn } = event.data;
      const planned = { milestoneId, title, dueOn, rescheduled: 0, status: 'planned' } as const;
      return { ...state, milestones: [...state.milestones, planned] };
    }
    case 'MilestoneRescheduled': {
      const { milestoneId, dueOn } = event.data;
      return changed(milestoneId, (terms) => ({
        ...terms,
        dueOn,
        rescheduled: terms.rescheduled + 1,
        status: 'planned',
      }));
    }
    case 'MilestoneReached': {
      const { milestoneId, on, evidence } = event.data;
      return changed(milestoneId, (terms) => ({ ...terms, status: 'reached', on, evidence }));
    }
    case 'MilestoneMissed': {
      const { milestoneId, reason } = event.data;
      return changed(milestoneId, (terms) => ({ ...terms, status: 'missed', reason }));
    }
    case 'ProgressReported':
      return { ...state, reports: [...state.reports, event.data] };
    case 'BlockerRaised': {
      const { blockerId, description, severity, on } = event.data;
      return { ...state, blockers: [...state.blockers, { blockerId, description, severity, raisedOn: on }] };
    }
    case 'BlockerCleared': {
      const { blockerId, how, on } = event.data;
      const cleared = (one: Blocker): Blocker => (one.blockerId === blockerId ? { ...one, cleared: { on, how } } : one);
      return { ...state, blockers: state.blockers.map(cleared) };
    }
    case 'InitiativeOwnerChanged':
      return { ...state, owner: event.data.owner };
    case 'InitiativeCompleted':
      return state.status === 'under-way' ? { ...state, status: 'completed', endedOn: event.data.on } : state;
    case 'InitiativeCancelled': {
      const { on, reason } = event.data;
      return state.status === 'under-way' ? { ...state, status: 'cancelled', endedOn: on, reason } : state;
    }
    default:
      return unhandled(event);
  }
}

/** What stays when the status changes. */
const termsOf = ({ milestoneId, title, dueOn, rescheduled }: Milestone): MilestoneTerms => ({
  milestoneId,
  title,
  dueOn,
  rescheduled,
});

export const openBlockers = ({ blockers }: Initiative): readonly Blocker[] =>
  blockers.filter(({ cleared }) => cleared === undefined);

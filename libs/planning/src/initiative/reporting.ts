import { ensure } from '@app/kernel';
import type { InitiativeState, Milestone, StartedInitiative, UnderWay } from './initiative.state.js';
import { initiativeRules } from './initiative.rules.js';

export function started(state: InitiativeState): StartedInitiative {
  ensure(state.status !== 'not-started', initiativeRules.anInitiativeIsStartedFirst);
  return state;
}

/** Refuses unless the initiative still runs. */
export function underWay(given: InitiativeState): UnderWay {
  const state = started(given);
  ensure(state.status === 'under-way', initiativeRules.anEndedInitiativeIsNotChanged, '', `It is ${state.status}.`);
  return state;
}

/** Refuses everybody but the owner. */
export function reportedBy(given: InitiativeState, person: string): UnderWay {
  const state = underWay(given);
  ensure(person === state.owner, initiativeRules.theOwnerReports);
  return state;
}

export function milestoneIn({ milestones }: UnderWay, milestoneId: string): Milestone {
  const milestone = milestones.find((one) => one.milestoneId === milestoneId);
  ensure(milestone !== undefined, initiativeRules.aMilestoneIsPlannedFirst);
  return milestone;
}

export const areReached = (milestones: readonly Milestone[]): boolean =>
  milestones.length > 0 && milestones.every(({ status }) => status === 'reached');

export const ensureInPlan = ({ startedOn, planEndsOn }: UnderWay, dueOn: string): void =>
  ensure(
    dueOn >= startedOn && dueOn <= planEndsOn,
    initiativeRules.aMilestoneLiesInThePlan,
    '/dueOn',
    `It is between ${startedOn} and ${planEndsOn}.`,
  );

import { Command, ensure, type Decide } from '@app/kernel';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { ensureInPlan, milestoneIn, reportedBy } from '../reporting.js';

export class RescheduleMilestone extends Command<{
  readonly milestoneId: string;
  /** Calendar day. */
  readonly dueOn: string;
  readonly reason: string;
}> {}

/** A missed milestone that gets a new day is planned again. */
export const rescheduleMilestone: Decide<RescheduleMilestone, InitiativeState, InitiativeEvent> = (
  { data, metadata },
  given,
) => {
  const { milestoneId, dueOn, reason } = data;
  const by = metadata.actor.person;
  const state = reportedBy(given, by);
  const milestone = milestoneIn(state, milestoneId);
  ensure(milestone.status !== 'reached', initiativeRules.aReachedMilestoneStands);
  ensure(reason.trim() !== '', initiativeRules.aDelayHasAReason, '/reason');
  if (milestone.status === 'planned' && milestone.dueOn === dueOn) return [];
  ensureInPlan(state, dueOn);
  return [{ type: 'MilestoneRescheduled', data: { milestoneId, was: milestone.dueOn, dueOn, reason, by } }];
};

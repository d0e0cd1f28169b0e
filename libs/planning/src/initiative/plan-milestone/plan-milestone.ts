import { Command, ensure, type Decide } from '@app/kernel';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { ensureInPlan, reportedBy } from '../reporting.js';

export class PlanMilestone extends Command<{
  readonly milestoneId: string;
  readonly title: string;
  /** Calendar day. */
  readonly dueOn: string;
}> {}

export const planMilestone: Decide<PlanMilestone, InitiativeState, InitiativeEvent> = ({ data, metadata }, given) => {
  const { milestoneId, title, dueOn } = data;
  const by = metadata.actor.person;
  const state = reportedBy(given, by);
  const standing = state.milestones.find((one) => one.milestoneId === milestoneId);
  if (standing !== undefined) {
    ensure(
      standing.title === title && standing.dueOn === dueOn,
      initiativeRules.aMilestoneIsPlannedOnce,
      '/milestoneId',
    );
    return [];
  }
  ensureInPlan(state, dueOn);
  return [{ type: 'MilestonePlanned', data: { milestoneId, title, dueOn, by } }];
};

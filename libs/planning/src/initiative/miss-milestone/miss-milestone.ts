import { Command, ensure, type Decide } from '@app/kernel';
import type { Today } from '../initiative-facts.js';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { milestoneIn, reportedBy } from '../reporting.js';

export class MissMilestone extends Command<{ readonly milestoneId: string; readonly reason: string }> {}

export const missMilestone: Decide<MissMilestone, InitiativeState, InitiativeEvent, Today> = (
  { data, metadata },
  given,
  { today },
) => {
  const { milestoneId, reason } = data;
  const by = metadata.actor.person;
  const milestone = milestoneIn(reportedBy(given, by), milestoneId);
  ensure(milestone.status !== 'reached', initiativeRules.aReachedMilestoneStands);
  if (milestone.status === 'missed') {
    ensure(milestone.reason === reason, initiativeRules.aMissedMilestoneIsCaughtUp);
    return [];
  }
  ensure(reason.trim() !== '', initiativeRules.aDelayHasAReason, '/reason');
  ensure(
    today > milestone.dueOn,
    initiativeRules.aMilestoneIsMissedAfterItsDay,
    '',
    `It is due on ${milestone.dueOn}.`,
  );
  return [{ type: 'MilestoneMissed', data: { milestoneId, reason, by } }];
};

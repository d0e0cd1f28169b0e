import { Command, ensure, type Decide } from '@app/kernel';
import { withTeam, says } from '../editing.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';
import { emptySeats } from '../team.js';

export class RemoveTeamMember extends Command<{ readonly person: string; readonly reason: string }> {}

export const removeTeamMember: Decide<RemoveTeamMember, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const { person, reason } = data;
  const state = withTeam(given);
  if (state.formerMembers.includes(person)) return [];
  const member = state.team.find((one) => one.person === person);
  ensure(member !== undefined, planRules.onlyAMemberIsRemoved, '/person');
  ensure(says(reason), planRules.aRemovalNamesItsReason, '/reason');
  if (state.status !== 'cycle-open' && state.status !== 'diagnosing') {
    const left = state.team.filter((one) => one !== member);
    ensure(emptySeats(left).length === 0, planRules.aDiagnosedPlanKeepsItsTeam, '/person');
  }
  return [{ type: 'TeamMemberRemoved', data: { person, seat: member.seat, reason, by: metadata.actor.person } }];
};

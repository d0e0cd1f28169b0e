import { Command, ensure, type Decide } from '@app/kernel';
import { withTeam } from '../editing.js';
import type { PlanEvent, Seat } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';

export class AppointTeamMember extends Command<{ readonly person: string; readonly seat: Seat }> {}

export const appointTeamMember: Decide<AppointTeamMember, PlanState, PlanEvent> = ({ data, metadata }, state) => {
  const { person, seat } = data;
  const seated = withTeam(state).team.find((member) => member.person === person);
  if (seated?.seat === seat) return [];
  ensure(seated === undefined, planRules.aPersonHasOneSeat, '/person', `It is that of a ${seated?.seat}.`);
  return [{ type: 'TeamMemberAppointed', data: { person, seat, by: metadata.actor.person } }];
};

import { specFor } from '@app/testing';
import { approved, complete, endorsed, submitted, leadSeated, opened, seated, settingGoals } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { RemoveTeamMember, removeTeamMember } from './remove-team-member.js';

const { given } = specFor(plan, RemoveTeamMember, removeTeamMember);
const lead = { person: 'p-lead', reason: 'Moved to another city.' };
const leadRemoved: PlanEvent = { type: 'TeamMemberRemoved', data: { ...lead, seat: 'team-lead', by: 'p-clerk' } };
const secondLead: PlanEvent = {
  type: 'TeamMemberAppointed',
  data: { person: 'p-second', seat: 'team-lead', by: 'p-clerk' },
};

describe('remove a team member', () => {
  it('has no seat any more', () =>
    given(...seated)
      .when(lead)
      .then(leadRemoved));
  it('may go after the diagnosis when somebody else has such a seat', () =>
    given(...settingGoals, secondLead)
      .when(lead)
      .then(leadRemoved));
  it('sent twice, nothing happens', () =>
    given(...seated, leadRemoved)
      .when(lead)
      .then());
  it('may be removed again after a new appointment', () =>
    given(...seated, leadRemoved, leadSeated)
      .when(lead)
      .then(leadRemoved));
  it(planRules.onlyAMemberIsRemoved.sentence, () =>
    given(opened).when(lead).refused(planRules.onlyAMemberIsRemoved, '/person'),
  );
  it(planRules.aRemovalNamesItsReason.sentence, () =>
    given(...seated)
      .when({ ...lead, reason: ' ' })
      .refused(planRules.aRemovalNamesItsReason, '/reason'),
  );
  it.each(['p-supervisor', 'p-lead', 'p-resident'])(`${planRules.aDiagnosedPlanKeepsItsTeam.sentence} (%s)`, (person) =>
    given(...settingGoals)
      .when({ ...lead, person })
      .refused(planRules.aDiagnosedPlanKeepsItsTeam, '/person'),
  );
  it.each([[[submitted]], [[submitted, endorsed]], [[submitted, endorsed, approved]]])(
    `${planRules.aTeamStandsWhileItsPlanIsDecidedOn.sentence} (%#)`,
    (decisions) =>
      given(...complete, ...decisions)
        .when(lead)
        .refused(planRules.aTeamStandsWhileItsPlanIsDecidedOn),
  );
});

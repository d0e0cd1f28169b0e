import { specFor } from '@app/testing';
import { approved, complete, endorsed, inForce, opened, submitted, supervisorSeated } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { AppointTeamMember, appointTeamMember } from './appoint-team-member.js';

const { given } = specFor(plan, AppointTeamMember, appointTeamMember);
const supervisor = { person: 'p-supervisor', seat: 'supervisor' as const };

describe('appoint a team member', () => {
  it('has a seat', () => given(opened).when(supervisor).then(supervisorSeated));
  it('sent twice, nothing happens', () => given(opened, supervisorSeated).when(supervisor).then());
  it('may join a plan in force', () =>
    given(...inForce)
      .when({ person: 'p-new', seat: 'verifier' })
      .then({ type: 'TeamMemberAppointed', data: { person: 'p-new', seat: 'verifier', by: 'p-clerk' } }));
  it(planRules.aPersonHasOneSeat.sentence, () =>
    given(opened, supervisorSeated)
      .when({ person: 'p-supervisor', seat: 'verifier' })
      .refused(planRules.aPersonHasOneSeat, '/person'),
  );
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(supervisor).refused(planRules.aPlanIsOpenedFirst));
  it(planRules.aClosedCycleIsOnlyEvaluated.sentence, () =>
    given(...inForce, { type: 'PlanCycleClosed', data: { on: '2029-03-31', reason: 'It has ended.', by: 'p-clerk' } })
      .when(supervisor)
      .refused(planRules.aClosedCycleIsOnlyEvaluated),
  );
  it.each([[[submitted]], [[submitted, endorsed]], [[submitted, endorsed, approved]]])(
    `${planRules.aTeamStandsWhileItsPlanIsDecidedOn.sentence} (%#)`,
    (decisions) =>
      given(...complete, ...decisions)
        .when({ person: 'p-new', seat: 'verifier' })
        .refused(planRules.aTeamStandsWhileItsPlanIsDecidedOn),
  );
});

import { exampleMetadata, specFor } from '@app/testing';
import {
  inForce,
  oversightApproved,
  reportFiled,
  strengtheningApproved,
  strengtheningProposed,
  weakeningApproved,
  weakeningProposed,
} from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ApprovePlanRevision, approvePlanRevision } from './approve-plan-revision.js';

const { given } = specFor(plan, ApprovePlanRevision, approvePlanRevision);
const as = (person: string, role: string) => ({ actor: { ...exampleMetadata.actor, person, role } });
const mayor = as('p-mayor', 'executive');
const council = as('p-council', 'oversight');
const drought = { revisionId: 'drought' };
const publicly = { ...drought, publicReason: 'Two dry seasons.' };
const secondYear = { revisionId: 'second-year' };
const weakening = [...inForce, weakeningProposed] as const;
const strengthening = [...inForce, strengtheningProposed] as const;

describe('approve a revision of a plan', () => {
  it('is approved by the executive where it weakens nothing', () =>
    given(...strengthening)
      .when(secondYear, mayor)
      .then(strengtheningApproved));
  it('is approved by oversight, with a public reason, and then by the executive where it weakens', () => {
    given(...weakening)
      .when(publicly, council)
      .then(oversightApproved);
    given(...weakening, oversightApproved)
      .when(drought, mayor)
      .then(weakeningApproved);
  });
  it('sent twice, nothing happens', () => {
    given(...weakening, oversightApproved)
      .when(publicly, council)
      .then();
    given(...strengthening, strengtheningApproved)
      .when(secondYear, mayor)
      .then();
  });
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(drought, mayor).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.aRevisionIsProposedFirst.sentence, () =>
    given(...inForce)
      .when(drought, mayor)
      .refused(planDecisionRules.aRevisionIsProposedFirst),
  );
  it(planDecisionRules.onlyAnOpenRevisionIsDecidedOn.sentence, () => {
    const rejected = { type: 'PlanRevisionRejected' as const, data: { ...drought, reason: 'No.', by: 'p-mayor' } };
    given(...weakening, rejected)
      .when(publicly, council)
      .refused(planDecisionRules.onlyAnOpenRevisionIsDecidedOn);
    given(...strengthening, strengtheningApproved)
      .when(secondYear, as('p-other-mayor', 'executive'))
      .refused(planDecisionRules.onlyAnOpenRevisionIsDecidedOn);
  });
  it.each(['service-owner', 'head-of-department', 'administrator', 'verifier'])(
    `${planDecisionRules.theExecutiveApprovesARevision.sentence} Not by a person in the role %s.`,
    (role) =>
      given(...strengthening)
        .when(secondYear, as('p-other', role))
        .refused(planDecisionRules.theExecutiveApprovesARevision),
  );
  it(planDecisionRules.onlyAWeakeningWaitsForOversight.sentence, () =>
    given(...strengthening)
      .when({ ...secondYear, publicReason: 'Good.' }, council)
      .refused(planDecisionRules.onlyAWeakeningWaitsForOversight),
  );
  it(planDecisionRules.aWeakeningIsApprovedByOversightFirst.sentence, () =>
    given(...weakening)
      .when(publicly, mayor)
      .refused(planDecisionRules.aWeakeningIsApprovedByOversightFirst),
  );
  it(planDecisionRules.aWeakeningHasAPublicReason.sentence, () => {
    for (const asked of [drought, { ...drought, publicReason: ' ' }])
      given(...weakening)
        .when(asked, council)
        .refused(planDecisionRules.aWeakeningHasAPublicReason, '/publicReason');
  });
  it(planDecisionRules.oversightAndExecutiveAreTwoPersons.sentence, () =>
    given(...weakening, oversightApproved)
      .when(drought, as('p-council', 'executive'))
      .refused(planDecisionRules.oversightAndExecutiveAreTwoPersons),
  );
  it(planDecisionRules.theProposerDoesNotApprove.sentence, () => {
    given(...weakening)
      .when(publicly, as('p-owner', 'oversight'))
      .refused(planDecisionRules.theProposerDoesNotApprove);
    given(...strengthening)
      .when(secondYear, as('p-owner', 'executive'))
      .refused(planDecisionRules.theProposerDoesNotApprove);
  });
  it(planDecisionRules.theAuthorDoesNotApproveARevision.sentence, () =>
    given(...strengthening)
      .when(secondYear, as('p-clerk', 'executive'))
      .refused(planDecisionRules.theAuthorDoesNotApproveARevision),
  );
  it(planDecisionRules.anOwnerDoesNotApproveARevision.sentence, () =>
    given(...inForce, { ...strengtheningProposed, data: { ...strengtheningProposed.data, proposer: 'p-lead' } })
      .when(secondYear, as('p-owner', 'executive'))
      .refused(planDecisionRules.anOwnerDoesNotApproveARevision),
  );
  it(planDecisionRules.theReporterDoesNotApproveARevision.sentence, () =>
    given(
      ...inForce,
      { ...reportFiled, data: { ...reportFiled.data, reporter: 'p-former-owner' } },
      strengtheningProposed,
    )
      .when(secondYear, as('p-former-owner', 'executive'))
      .refused(planDecisionRules.theReporterDoesNotApproveARevision),
  );
  it(`${planDecisionRules.theTeamDoesNotApprove.sentence} Nor a revision of it.`, () =>
    given(...strengthening)
      .when(secondYear, as('p-supervisor', 'executive'))
      .refused(planDecisionRules.theTeamDoesNotApprove));
});

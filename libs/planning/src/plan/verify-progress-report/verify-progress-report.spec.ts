import { exampleMetadata, specFor } from '@app/testing';
import { awaiting, closed, inForce, report, reportFiled, reportReturned, reportVerified } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { VerifyProgressReport, verifyProgressReport } from './verify-progress-report.js';

const { given } = specFor(plan, VerifyProgressReport, verifyProgressReport);
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person, role: 'verifier' } });
const verifier = as('p-verifier');
const asked = { reportId: 'report-2026-q4' };
const filed = [...inForce, reportFiled] as const;

describe('verify a progress report', () => {
  it('is verified by somebody who has no other duty', () =>
    given(...filed)
      .when(asked, verifier)
      .then(reportVerified));
  it('sent twice, nothing happens', () =>
    given(...filed, reportVerified)
      .when(asked, verifier)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(asked, verifier).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.onlyAPlanInForceIsReportedOn.sentence, () => {
    for (const history of [awaiting, closed])
      given(...history)
        .when(asked, verifier)
        .refused(planDecisionRules.onlyAPlanInForceIsReportedOn);
  });
  it(planDecisionRules.aReportIsFiledFirst.sentence, () =>
    given(...inForce)
      .when(asked, verifier)
      .refused(planDecisionRules.aReportIsFiledFirst),
  );
  it(planDecisionRules.onlyAFiledReportIsDecidedOn.sentence, () => {
    given(...filed, reportReturned)
      .when(asked, verifier)
      .refused(planDecisionRules.onlyAFiledReportIsDecidedOn);
    given(...filed, reportVerified)
      .when(asked, as('p-other-verifier'))
      .refused(planDecisionRules.onlyAFiledReportIsDecidedOn);
  });
  it(planDecisionRules.theReporterDoesNotVerify.sentence, () =>
    given(...filed)
      .when(asked, as('p-owner'))
      .refused(planDecisionRules.theReporterDoesNotVerify),
  );
  it(planDecisionRules.anOwnerDoesNotVerify.sentence, () =>
    given(...inForce, { type: 'ProgressReportFiled', data: { ...report, reporter: 'p-former-owner' } })
      .when(asked, as('p-owner'))
      .refused(planDecisionRules.anOwnerDoesNotVerify),
  );
  it(planDecisionRules.theAuthorDoesNotVerify.sentence, () =>
    given(...filed)
      .when(asked, as('p-clerk'))
      .refused(planDecisionRules.theAuthorDoesNotVerify),
  );
});

import { exampleMetadata, specFor } from '@app/testing';
import { awaiting, closed, inForce, report, reportFiled, reportReturned, reportVerified } from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ReturnProgressReport, returnProgressReport } from './return-progress-report.js';

const { given } = specFor(plan, ReturnProgressReport, returnProgressReport);
const as = (person: string) => ({ actor: { ...exampleMetadata.actor, person, role: 'verifier' } });
const verifier = as('p-verifier');
const asked = { reportId: 'report-2026-q4', findings: [{ finding: 'The log is of another quarter.' }] };
const filed = [...inForce, reportFiled] as const;

describe('return a progress report', () => {
  it('is returned by somebody who has no other duty', () =>
    given(...filed)
      .when(asked, verifier)
      .then(reportReturned));
  it('sent twice, nothing happens', () =>
    given(...filed, reportReturned)
      .when(asked, verifier)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(asked, verifier).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.onlyAPlanInForceIsReportedOn.sentence, () => {
    for (const history of [awaiting, closed])
      given(...history)
        .when(asked, verifier)
        .refused(planDecisionRules.onlyAPlanInForceIsReportedOn);
  });
  it(planDecisionRules.aReturnNamesItsFindings.sentence, () =>
    given(...filed)
      .when({ ...asked, findings: [] }, verifier)
      .refused(planDecisionRules.aReturnNamesItsFindings, '/findings'),
  );
  it(planDecisionRules.aReportIsFiledFirst.sentence, () =>
    given(...inForce)
      .when(asked, verifier)
      .refused(planDecisionRules.aReportIsFiledFirst),
  );
  it(planDecisionRules.onlyAFiledReportIsDecidedOn.sentence, () => {
    given(...filed, reportVerified)
      .when(asked, verifier)
      .refused(planDecisionRules.onlyAFiledReportIsDecidedOn);
    given(...filed, reportReturned)
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

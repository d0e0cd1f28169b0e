import { exampleMetadata, specFor } from '@app/testing';
import { closedInadequate, council, opened, planned, planner, waived, waiver } from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { GrantCoverageWaiver, grantCoverageWaiver } from './grant-coverage-waiver.js';

const { given } = specFor(consultation, GrantCoverageWaiver, grantCoverageWaiver);
const as = (person: string, role = 'oversight') => ({ actor: { ...exampleMetadata.actor, person, role } });

describe('grant a coverage waiver', () => {
  it('is granted by somebody of oversight', () => given(planned, opened).when(waiver, as(council)).then(waived));
  it('sent twice, nothing happens', () => given(planned, opened, waived).when(waiver, as(council)).then());
  it.each(['administrator', 'service-owner', 'executive'])(
    `${consultationRules.onlyOversightWaivesCoverage.sentence} Not %s.`,
    (role) =>
      given(planned, opened).when(waiver, as(council, role)).refused(consultationRules.onlyOversightWaivesCoverage),
  );
  it(consultationRules.thePlannerDoesNotWaiveCoverage.sentence, () =>
    given(planned, opened).when(waiver, as(planner)).refused(consultationRules.thePlannerDoesNotWaiveCoverage),
  );
  it(consultationRules.aWaiverIsGrantedOnce.sentence, () =>
    given(planned, opened, waived)
      .when({ ...waiver, reason: 'Too far' }, as(council))
      .refused(consultationRules.aWaiverIsGrantedOnce, '/reason'),
  );
  it(consultationRules.aConsultationIsAboutItsRequiredGroups.sentence, () =>
    given(planned)
      .when({ ...waiver, groupId: 'businesses' }, as(council))
      .refused(consultationRules.aConsultationIsAboutItsRequiredGroups, '/groupId'),
  );
  it(consultationRules.groupsAreSettledBeforeClosing.sentence, () =>
    given(...closedInadequate)
      .when(waiver, as(council))
      .refused(consultationRules.groupsAreSettledBeforeClosing),
  );
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(waiver, as(council)).refused(consultationRules.aConsultationIsPlannedFirst),
  );
});

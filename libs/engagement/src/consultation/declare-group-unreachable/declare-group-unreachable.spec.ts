import { specFor } from '@app/testing';
import { closedInadequate, declared, opened, planned, unreachable } from '../consultation.examples.js';
import { consultationRules } from '../consultation.rules.js';
import { consultation } from '../consultation.state.js';
import { DeclareGroupUnreachable, declareGroupUnreachable } from './declare-group-unreachable.js';

const { given } = specFor(consultation, DeclareGroupUnreachable, declareGroupUnreachable);

describe('declare a group unreachable', () => {
  it('is recorded with its reason', () => given(planned, opened).when(unreachable).then(declared));
  it('sent twice, nothing happens', () => given(planned, opened, declared).when(unreachable).then());
  it(consultationRules.aGroupIsDeclaredUnreachableOnce.sentence, () =>
    given(planned, opened, declared)
      .when({ ...unreachable, reason: 'Nobody answered' })
      .refused(consultationRules.aGroupIsDeclaredUnreachableOnce, '/reason'),
  );
  it(consultationRules.aConsultationIsAboutItsRequiredGroups.sentence, () =>
    given(planned)
      .when({ ...unreachable, groupId: 'businesses' })
      .refused(consultationRules.aConsultationIsAboutItsRequiredGroups, '/groupId'),
  );
  it(consultationRules.groupsAreSettledBeforeClosing.sentence, () =>
    given(...closedInadequate)
      .when(unreachable)
      .refused(consultationRules.groupsAreSettledBeforeClosing),
  );
  it(consultationRules.aConsultationIsPlannedFirst.sentence, () =>
    given().when(unreachable).refused(consultationRules.aConsultationIsPlannedFirst),
  );
});

import { specFor } from '@app/testing';
import { approved, held, holding, lifted, overseer, requested } from '../data-subject.examples.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import { dataSubject } from '../data-subject.state.js';
import { PlaceLegalHold, placeLegalHold } from './place-legal-hold.js';

const { given } = specFor(dataSubject, PlaceLegalHold, placeLegalHold);

describe('place a legal hold', () => {
  it('is placed before or after an erasure is requested', () => {
    given().when(holding, overseer).then(held);
    given(requested).when(holding, overseer).then(held);
  });
  it('sent twice, nothing happens', () => given(held).when(holding, overseer).then());
  it('there may be several', () =>
    given(held)
      .when({ ...holding, holdId: 'audit-2026' }, overseer)
      .then({ type: 'LegalHoldPlaced', data: { ...holding, holdId: 'audit-2026', by: 'p-overseer' } }));
  it(dataSubjectRules.aLegalHoldIsPlacedOnce.sentence, () => {
    given(held)
      .when({ ...holding, reason: 'Another case' }, overseer)
      .refused(dataSubjectRules.aLegalHoldIsPlacedOnce, '/id');
    given(held, lifted).when(holding, overseer).refused(dataSubjectRules.aLegalHoldIsPlacedOnce, '/id');
  });
  it(dataSubjectRules.aLegalHoldComesBeforeTheApproval.sentence, () =>
    given(requested, approved).when(holding, overseer).refused(dataSubjectRules.aLegalHoldComesBeforeTheApproval),
  );
});

import { specFor } from '@app/testing';
import {
  approved,
  authority,
  declined,
  held,
  lifted,
  overseer,
  requested,
  shredded,
  verified,
} from '../data-subject.examples.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import { dataSubject } from '../data-subject.state.js';
import { ApproveErasure, approveErasure } from './approve-erasure.js';

const { given } = specFor(dataSubject, ApproveErasure, approveErasure);

describe('approve an erasure', () => {
  it('is approved by another person', () => given(requested).when({ authority }, overseer).then(approved));
  it('sent twice, nothing happens', () => {
    given(requested, approved).when({ authority }, overseer).then();
    given(requested, approved, shredded, verified).when({ authority }, overseer).then();
  });
  it(dataSubjectRules.whoeverRequestsAnErasureDoesNotApproveIt.sentence, () =>
    given(requested).when({ authority }).refused(dataSubjectRules.whoeverRequestsAnErasureDoesNotApproveIt),
  );
  it(dataSubjectRules.onlyARequestedErasureIsDecided.sentence, () => {
    given().when({ authority }, overseer).refused(dataSubjectRules.onlyARequestedErasureIsDecided);
    given(requested, declined).when({ authority }, overseer).refused(dataSubjectRules.onlyARequestedErasureIsDecided);
  });
  it(dataSubjectRules.nothingIsErasedUnderALegalHold.sentence, () => {
    given(requested, held).when({ authority }, overseer).refused(dataSubjectRules.nothingIsErasedUnderALegalHold);
    given(held, requested).when({ authority }, overseer).refused(dataSubjectRules.nothingIsErasedUnderALegalHold);
  });
  it('is approved when the hold is lifted', () =>
    given(requested, held, lifted).when({ authority }, overseer).then(approved));
  it(dataSubjectRules.whatIsErasedIsNotErasedAgain.sentence, () =>
    given(requested, approved)
      .when({ authority: 'Act 43' }, overseer)
      .refused(dataSubjectRules.whatIsErasedIsNotErasedAgain),
  );
});

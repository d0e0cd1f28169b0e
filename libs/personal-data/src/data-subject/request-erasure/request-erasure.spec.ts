import { specFor } from '@app/testing';
import { approved, asking, declined, overseer, requested, shredded, verified } from '../data-subject.examples.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import { dataSubject } from '../data-subject.state.js';
import { RequestErasure, requestErasure } from './request-erasure.js';

const { given } = specFor(dataSubject, RequestErasure, requestErasure);

describe('request an erasure', () => {
  it('is recorded with its ground and reason', () => given().when(asking).then(requested));
  it('sent twice, nothing happens', () => {
    given(requested).when(asking).then();
    given(requested, approved, shredded, verified).when(asking).then();
  });
  it('is requested again after it was declined', () => given(requested, declined).when(asking).then(requested));
  it(dataSubjectRules.anErasureIsRequestedOnceAtATime.sentence, () => {
    given(requested)
      .when({ ...asking, reason: 'Letter 2026/18' })
      .refused(dataSubjectRules.anErasureIsRequestedOnceAtATime);
    given(requested).when(asking, overseer).refused(dataSubjectRules.anErasureIsRequestedOnceAtATime);
  });
  it(dataSubjectRules.whatIsErasedIsNotErasedAgain.sentence, () => {
    const again = { ...asking, reason: 'Letter 2026/18' };
    given(requested, approved).when(again).refused(dataSubjectRules.whatIsErasedIsNotErasedAgain);
    given(requested, approved, shredded, verified).when(again).refused(dataSubjectRules.whatIsErasedIsNotErasedAgain);
  });
});

import { specFor } from '@app/testing';
import { approved, declined, overseer, requested } from '../data-subject.examples.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import { dataSubject } from '../data-subject.state.js';
import { DeclineErasure, declineErasure } from './decline-erasure.js';

const { given } = specFor(dataSubject, DeclineErasure, declineErasure);
const reason = 'The letter is of somebody else';

describe('decline an erasure', () => {
  it('is recorded with the reason', () => given(requested).when({ reason }, overseer).then(declined));
  it('sent twice, nothing happens', () => given(requested, declined).when({ reason }, overseer).then());
  it(dataSubjectRules.onlyARequestedErasureIsDecided.sentence, () => {
    given().when({ reason }, overseer).refused(dataSubjectRules.onlyARequestedErasureIsDecided);
    given(requested, declined)
      .when({ reason: 'Another one' }, overseer)
      .refused(dataSubjectRules.onlyARequestedErasureIsDecided);
  });
  it(dataSubjectRules.whatIsErasedIsNotErasedAgain.sentence, () =>
    given(requested, approved).when({ reason }, overseer).refused(dataSubjectRules.whatIsErasedIsNotErasedAgain),
  );
});

import { specFor } from '@app/testing';
import { held, lifted, lifting, overseer } from '../data-subject.examples.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import { dataSubject } from '../data-subject.state.js';
import { LiftLegalHold, liftLegalHold } from './lift-legal-hold.js';

const { given } = specFor(dataSubject, LiftLegalHold, liftLegalHold);

describe('lift a legal hold', () => {
  it('is lifted for a reason', () => given(held).when(lifting, overseer).then(lifted));
  it('sent twice, nothing happens', () => given(held, lifted).when(lifting, overseer).then());
  it(dataSubjectRules.aLegalHoldThatIsLiftedStands.sentence, () => {
    given().when(lifting, overseer).refused(dataSubjectRules.aLegalHoldThatIsLiftedStands);
    given(held, lifted)
      .when({ ...lifting, reason: 'Another one' }, overseer)
      .refused(dataSubjectRules.aLegalHoldThatIsLiftedStands);
  });
});

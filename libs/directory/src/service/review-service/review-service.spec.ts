import { specFor } from '@app/testing';
import { retired, review, reviewed, suspended, waterRegistered } from '../service.examples.js';
import { serviceRules } from '../service.rules.js';
import { service } from '../service.state.js';
import { ReviewService, reviewService } from './review-service.js';

const { given } = specFor(service, ReviewService, reviewService);
const facts = { today: '2026-01-05' };

describe('review a service', () => {
  it('is recorded with its findings', () => {
    given(waterRegistered).when(review, { facts }).then(reviewed);
    given(waterRegistered, suspended).when(review, { facts }).then(reviewed);
  });
  it('sent twice, nothing happens', () => given(waterRegistered, reviewed).when(review, { facts }).then());
  it(serviceRules.aReviewIsRecordedAfterItWasHeld.sentence, () =>
    given(waterRegistered)
      .when({ ...review, on: '2026-01-06' }, { facts })
      .refused(serviceRules.aReviewIsRecordedAfterItWasHeld, '/on'),
  );
  it(serviceRules.aServiceIsReviewedOnceADay.sentence, () =>
    given(waterRegistered, reviewed)
      .when({ ...review, findings: 'All is well' }, { facts })
      .refused(serviceRules.aServiceIsReviewedOnceADay, '/on'),
  );
  it('a retired service is not reviewed', () =>
    given(waterRegistered, retired).when(review, { facts }).refused(serviceRules.aRetiredServiceIsNotChanged));
});

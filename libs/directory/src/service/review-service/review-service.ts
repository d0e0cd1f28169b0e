import { Command, ensure, type Decide } from '@app/kernel';
import { changeable } from '../changeable.js';
import type { ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { ServiceReview, ServiceState } from '../service.state.js';

export class ReviewService extends Command<ServiceReview> {}

export const reviewService: Decide<ReviewService, ServiceState, ServiceEvent, { readonly today: string }> = (
  { data: { on, findings } },
  state,
  { today },
) => {
  const { reviews } = changeable(state);
  ensure(on <= today, serviceRules.aReviewIsRecordedAfterItWasHeld, '/on', `Today is ${today}.`);
  const known = reviews.find((review) => review.on === on);
  if (known !== undefined) {
    ensure(known.findings === findings, serviceRules.aServiceIsReviewedOnceADay, '/on');
    return [];
  }
  return [{ type: 'ServiceReviewed', data: { on, findings } }];
};

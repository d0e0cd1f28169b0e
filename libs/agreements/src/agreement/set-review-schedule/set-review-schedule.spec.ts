import { specFor } from '@app/testing';
import { active, awaiting, drafted, review, reviewSet, voided } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { SetReviewSchedule, setReviewSchedule } from './set-review-schedule.js';

const { given } = specFor(agreement, SetReviewSchedule, setReviewSchedule);

describe('set the review schedule', () => {
  it('is set', () => given(drafted).when(review).then(reviewSet));
  it('sent twice, nothing happens', () => given(drafted, reviewSet).when(review).then());
  it('voids what was submitted', () =>
    given(...awaiting)
      .when({ ...review, everyMonths: 6 })
      .then(voided(), { type: 'ReviewScheduleSet', data: { ...review, everyMonths: 6 } }));
  it.each([0, 61, 1.5])(`${agreementRules.aReviewComesAtLeastOnceInFiveYears.sentence} Not %s.`, (everyMonths) =>
    given(drafted)
      .when({ ...review, everyMonths })
      .refused(agreementRules.aReviewComesAtLeastOnceInFiveYears, '/everyMonths'),
  );
  it(agreementRules.anAgreementInForceIsNotEdited.sentence, () =>
    given(...active)
      .when(review)
      .refused(agreementRules.anAgreementInForceIsNotEdited),
  );
});

import { Command, ensure, type Decide } from '@app/kernel';
import type { AgreementEvent } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';
import { editable, edits, same } from '../editing.js';

export class SetReviewSchedule extends Command<{ readonly everyMonths: number; readonly firstReviewOn: string }> {}

export const setReviewSchedule: Decide<SetReviewSchedule, AgreementState, AgreementEvent> = ({ data }, state) => {
  const { everyMonths, firstReviewOn } = data;
  const draft = editable(state);
  ensure(
    Number.isInteger(everyMonths) && everyMonths >= 1 && everyMonths <= 60,
    agreementRules.aReviewComesAtLeastOnceInFiveYears,
    '/everyMonths',
  );
  const schedule = { everyMonths, firstReviewOn };
  return same(draft.terms.reviewSchedule, schedule) ? [] : edits(draft, { type: 'ReviewScheduleSet', data: schedule });
};

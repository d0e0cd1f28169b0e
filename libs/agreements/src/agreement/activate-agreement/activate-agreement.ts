import { Command, ensure, firstDayOf, periodOf, type Decide } from '@app/kernel';
import type { AgreementEvent, Objective } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';

export class ActivateAgreement extends Command<{ readonly effectiveFrom: string }> {}

const isBoundary = (date: string, { window, fiscalYearStart }: Objective): boolean =>
  firstDayOf(periodOf(date, window, fiscalYearStart), fiscalYearStart) === date;

/** After ITIL 4's watermelon: green outside, red inside. Given what the indicators of the objectives measure. */
export const warningsFor = (qualityDimensions: readonly string[]): readonly string[] =>
  qualityDimensions.some((dimension) => dimension === 'Experience' || dimension === 'Outcome')
    ? []
    : ['No objective measures experience or outcome: every figure may be met while users are not content.'];

export const activateAgreement: Decide<ActivateAgreement, AgreementState, AgreementEvent> = ({ data }, state) => {
  const { effectiveFrom } = data;
  ensure(state.status !== 'undrafted', agreementRules.anAgreementIsDraftedFirst);
  if (state.status === 'active') {
    ensure(
      state.effectiveFrom === effectiveFrom,
      agreementRules.anAgreementIsActivatedOnce,
      '',
      `It is in force from ${state.effectiveFrom}.`,
    );
    return [];
  }
  ensure(state.status === 'signed', agreementRules.allPartiesSignBeforeActivation);
  const { version, contentHash, terms } = state;
  ensure(
    terms.objectives.every((objective) => isBoundary(effectiveFrom, objective)),
    agreementRules.anAgreementStartsAtAPeriodBoundary,
    '/effectiveFrom',
  );
  return [{ type: 'AgreementActivated', data: { version, effectiveFrom, contentHash } }];
};

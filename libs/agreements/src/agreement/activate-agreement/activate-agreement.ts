import { Command, ensure, type Decide, type ReportingCycle } from '@app/kernel';
import type { AgreementEvent } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';

export class ActivateAgreement extends Command<{ readonly effectiveFrom: string }> {}

const firstDay: Record<ReportingCycle, RegExp> = {
  month: /-\d\d-01$/,
  quarter: /-(01|04|07|10)-01$/,
  year: /-01-01$/,
  'fiscal-year': /-01$/,
};

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
    terms.objectives.every(({ window }) => firstDay[window].test(effectiveFrom)),
    agreementRules.anAgreementStartsAtAPeriodBoundary,
    '/effectiveFrom',
  );
  return [{ type: 'AgreementActivated', data: { version, effectiveFrom, contentHash } }];
};

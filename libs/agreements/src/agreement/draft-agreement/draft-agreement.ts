import { Command, ensure, type Decide } from '@app/kernel';
import type { AgreementEvent, AgreementKind } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';

export class DraftAgreement extends Command<{
  readonly title: string;
  readonly kind: AgreementKind;
  readonly serviceIds: readonly string[];
  readonly disputeWindowDays: number;
}> {}

/** Services that the agency has not registered, or has retired. */
export interface DraftAgreementFacts {
  readonly unknownServices: readonly string[];
}

export const draftAgreement: Decide<DraftAgreement, AgreementState, AgreementEvent, DraftAgreementFacts> = (
  { data, metadata },
  state,
  { unknownServices },
) => {
  const { title, kind, disputeWindowDays } = data;
  const serviceIds = [...data.serviceIds];
  ensure(
    serviceIds.length > 0 && new Set(serviceIds).size === serviceIds.length,
    agreementRules.anAgreementNamesItsServices,
    '/serviceIds',
  );
  ensure(
    Number.isInteger(disputeWindowDays) && disputeWindowDays >= 0 && disputeWindowDays <= 90,
    agreementRules.aDisputeWindowIsZeroToNinetyDays,
    '/disputeWindowDays',
  );
  if (state.status !== 'undrafted') {
    const { terms } = state;
    ensure(
      terms.title === title &&
        terms.kind === kind &&
        terms.disputeWindowDays === disputeWindowDays &&
        terms.serviceIds.join('\n') === serviceIds.join('\n'),
      agreementRules.anAgreementIsDraftedOnce,
      '',
      `It stands as ${terms.title}.`,
    );
    return [];
  }
  ensure(
    unknownServices.length === 0,
    agreementRules.anAgreementIsAboutRegisteredServices,
    '/serviceIds',
    `It does not know ${unknownServices.join(', ')}.`,
  );
  const author = metadata.actor.person;
  return [{ type: 'AgreementDrafted', data: { title, kind, serviceIds, disputeWindowDays, author } }];
};

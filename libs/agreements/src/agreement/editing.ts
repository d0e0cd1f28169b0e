import { ensure } from '@app/kernel';
import type { AgreementEvent, Objective } from './agreement.events.js';
import { agreementRules } from './agreement.rules.js';
import type { AgreementState, Editable } from './agreement.state.js';

/** Refuses unless there is a draft that may still change. */
export function editable(state: AgreementState): Editable {
  ensure(state.status !== 'undrafted', agreementRules.anAgreementIsDraftedFirst);
  ensure(state.status !== 'active', agreementRules.anAgreementInForceIsNotEdited);
  return state;
}

/** An edit of what was submitted voids the submission and every signature under it. */
export const edits = (state: Editable, event: AgreementEvent): readonly AgreementEvent[] =>
  state.status === 'drafting'
    ? [event]
    : [
        {
          type: 'SignaturesVoided',
          data: { contentHash: state.contentHash, parties: state.signatures.map(({ partyId }) => partyId) },
        },
        event,
      ];

/** JSON without undefined and with sorted keys, so that two spellings of one content compare equal. */
export const same = (left: unknown, right: unknown): boolean => text(left) === text(right);

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );

export const objectiveOf = (state: Editable, objectiveId: string): Objective | undefined =>
  state.terms.objectives.find((one) => one.objectiveId === objectiveId);

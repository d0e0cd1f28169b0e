import { Command, type Decide } from '@app/kernel';
import type { AgreementEvent } from '../agreement.events.js';
import type { AgreementState } from '../agreement.state.js';
import { ensureComplete } from '../completeness.js';
import { contentHash } from '../content-hash.js';
import { editable } from '../editing.js';

export class SubmitForSignature extends Command<Readonly<Record<string, never>>> {}

export const submitForSignature: Decide<SubmitForSignature, AgreementState, AgreementEvent> = (command, state) => {
  const draft = editable(state);
  if (draft.status !== 'drafting') return [];
  ensureComplete(draft.terms);
  return [
    {
      type: 'DraftSubmittedForSignature',
      data: {
        version: draft.version,
        contentHash: contentHash(command.tenant, command.id, draft.version, draft.terms),
      },
    },
  ];
};

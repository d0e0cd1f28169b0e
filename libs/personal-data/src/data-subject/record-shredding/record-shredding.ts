import { Command, ensure, type Decide } from '@app/kernel';
import type { DataSubjectEvent } from '../data-subject.events.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import type { DataSubjectState } from '../data-subject.state.js';

/** `answer`: what the key store said when it was asked for the key after the shredding. */
export class RecordShredding extends Command<{ readonly epoch: number; readonly answer: 'shredded' }> {}

export const recordShredding: Decide<RecordShredding, DataSubjectState, DataSubjectEvent> = (
  { data: { epoch, answer } },
  { status },
) => {
  const verified: DataSubjectEvent = { type: 'ErasureVerified', data: { answer } };
  if (status === 'erased') return [];
  if (status === 'key-shredded') return [verified];
  ensure(status === 'erasure-approved', dataSubjectRules.aKeyIsShreddedAfterTheApproval);
  return [{ type: 'KeyShredded', data: { epoch } }, verified];
};

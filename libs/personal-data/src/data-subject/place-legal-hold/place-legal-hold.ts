import { Command, ensure, type Decide } from '@app/kernel';
import type { DataSubjectEvent } from '../data-subject.events.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import type { DataSubjectState } from '../data-subject.state.js';

export class PlaceLegalHold extends Command<{ readonly holdId: string; readonly reason: string }> {}

export const placeLegalHold: Decide<PlaceLegalHold, DataSubjectState, DataSubjectEvent> = (
  { data: { holdId, reason }, metadata },
  { status, holds, lifted },
) => {
  if (holds.get(holdId) === reason) return [];
  ensure(!holds.has(holdId) && !lifted.has(holdId), dataSubjectRules.aLegalHoldIsPlacedOnce, '/id');
  const isOpen = status === 'standing' || status === 'erasure-requested';
  ensure(isOpen, dataSubjectRules.aLegalHoldComesBeforeTheApproval);
  return [{ type: 'LegalHoldPlaced', data: { holdId, reason, by: metadata.actor.person } }];
};

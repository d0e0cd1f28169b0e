import { Command, ensure, type Decide } from '@app/kernel';
import type { ReadingLedgerEvent } from '../reading-ledger.events.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { standingOf, type ReadingLedger } from '../reading-ledger.state.js';

export class VoidReading extends Command<{ readonly readingId: string; readonly reason: string }> {}

export const voidReading: Decide<VoidReading, ReadingLedger, ReadingLedgerEvent> = (
  { data: { readingId, reason }, metadata: { actor } },
  ledger,
) => {
  const by = actor.person;
  const standing = standingOf(ledger, readingId);
  ensure(standing !== undefined, readingLedgerRules.aReadingIsRecordedFirst);
  const { entry, status, capturedBy } = standing;
  ensure(!capturedBy.includes(by), readingLedgerRules.nobodyCorrectsWhatTheyCaptured);
  ensure(reason.trim() !== '', readingLedgerRules.aCorrectionHasAReason, '/reason');
  return status === 'voided' ? [] : [{ type: 'ReadingVoided', data: { entry, readingId, reason, by } }];
};

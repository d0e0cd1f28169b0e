import { Command, ensure, type Decide } from '@app/kernel';
import type { ReadingLedgerEvent } from '../reading-ledger.events.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { standingOf, type ReadingLedger } from '../reading-ledger.state.js';

export class VerifyReading extends Command<{ readonly readingId: string }> {}

/** Who answers for the indicator, when somebody was named. */
export interface VerifyFacts {
  readonly owner?: string | undefined;
}

export const verifyReading: Decide<VerifyReading, ReadingLedger, ReadingLedgerEvent, VerifyFacts> = (
  { data: { readingId }, metadata: { actor } },
  ledger,
  { owner },
) => {
  const by = actor.person;
  const standing = standingOf(ledger, readingId);
  ensure(standing !== undefined, readingLedgerRules.aReadingIsRecordedFirst);
  const { entry, status, capturedBy, correctedBy } = standing;
  ensure(status !== 'voided', readingLedgerRules.aVoidedReadingIsLeftAlone);
  ensure(!capturedBy.includes(by) && correctedBy !== by, readingLedgerRules.nobodyVerifiesWhatTheyCaptured);
  ensure(owner !== by, readingLedgerRules.anOwnerDoesNotVerify);
  return status === 'verified' ? [] : [{ type: 'ReadingVerified', data: { entry, readingId, by } }];
};

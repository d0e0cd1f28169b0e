import { Command, ensure, periodOf, type Decide, type PeriodKey } from '@app/kernel';
import type { IndicatorCard } from '../../indicator/indicator.events.js';
import { flagsOf } from '../reading-checks.js';
import { digestOf, stopOf, type GivenContent } from '../reading-content.js';
import type { ReadingContent, ReadingLedgerEvent, ReasonCode } from '../reading-ledger.events.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { standingOf, type ReadingLedger, type Standing } from '../reading-ledger.state.js';

export class CorrectReading extends Command<{
  readonly readingId: string;
  readonly period: PeriodKey;
  /** The whole reading as it is to be. */
  readonly now: GivenContent;
  readonly unit?: string | undefined;
  readonly reasonCode: ReasonCode;
  readonly reason: string;
  /** The reading as the door has just read it; left out when it is not there. */
  readonly was?: ReadingContent | undefined;
}> {}

export interface CorrectFacts {
  /** The card in force for the period. */
  readonly card: IndicatorCard;
  readonly districtExists: boolean;
}

const stillSays = (standing: Standing, content: GivenContent): boolean =>
  standing.content === digestOf(content) && standing.stoppedAt === stopOf(content);

/** The period that a correction would move the reading to; undefined when it says none. */
const periodIn = (now: GivenContent, { reportingCycle, fiscalYearStart }: IndicatorCard): PeriodKey | undefined =>
  now.kind === 'case' ? periodOf(now.startedAt, reportingCycle, fiscalYearStart) : undefined;

export const correctReading: Decide<CorrectReading, ReadingLedger, ReadingLedgerEvent, CorrectFacts> = (
  { data: { readingId, period, now, unit, reasonCode, reason, was }, metadata: { actor } },
  ledger,
  { card, districtExists },
) => {
  const by = actor.person;
  const standing = standingOf(ledger, readingId);
  ensure(standing !== undefined, readingLedgerRules.aReadingIsRecordedFirst);
  const { entry, status, capturedBy } = standing;
  ensure(status !== 'voided', readingLedgerRules.aVoidedReadingIsLeftAlone);
  ensure(!capturedBy.includes(by), readingLedgerRules.nobodyCorrectsWhatTheyCaptured);
  ensure(reason.trim() !== '', readingLedgerRules.aCorrectionHasAReason, '/reason');
  const flags = flagsOf(now, { card, unit, districtExists, under: '/reading' });
  const moved = periodIn(now, card) ?? period;
  ensure(moved === period, readingLedgerRules.aCorrectionKeepsThePeriod, '/reading/startedAt', `It is of ${period}.`);
  if (stillSays(standing, now)) return [];
  ensure(was !== undefined && stillSays(standing, was), readingLedgerRules.aCorrectionIsOfWhatStands);
  return [
    { type: 'ReadingCorrected', data: { entry, readingId, was, now: { ...now, flags }, reasonCode, reason, by } },
  ];
};

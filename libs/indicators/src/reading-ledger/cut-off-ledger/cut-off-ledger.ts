import { Command, boundsOf, ensure, instantSeconds, type Decide, type PeriodKey } from '@app/kernel';
import type { IndicatorCard } from '../../indicator/indicator.events.js';
import type { ReadingLedgerEvent } from '../reading-ledger.events.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import type { ReadingLedger } from '../reading-ledger.state.js';

export class CutOffLedger extends Command<{ readonly period: PeriodKey }> {}

export type CutOffTerms = Pick<IndicatorCard, 'timeZone' | 'fiscalYearStart'>;

export const cutOffLedger: Decide<CutOffLedger, ReadingLedger, ReadingLedgerEvent, CutOffTerms> = (
  { data: { period }, metadata: { actor, occurredAt } },
  { cutOffAt },
  { timeZone, fiscalYearStart },
) => {
  if (cutOffAt !== undefined) return [];
  const { to } = boundsOf(period, timeZone, fiscalYearStart);
  ensure(
    instantSeconds(occurredAt) >= to.getTime() / 1000,
    readingLedgerRules.aLedgerIsCutOffAfterItsPeriod,
    '',
    `${period} ends at ${to.toISOString()}.`,
  );
  return [{ type: 'ReadingPeriodCutOff', data: { at: occurredAt, by: actor.person } }];
};

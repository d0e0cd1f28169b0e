import { isDeepStrictEqual } from 'node:util';
import { Command, cycleOf, ensure, firstDayOf, type Decide, type PeriodKey } from '@app/kernel';
import { ensureSound } from '../sound-card.js';
import type { IndicatorCard, IndicatorEvent } from '../indicator.events.js';
import { indicatorRules } from '../indicator.rules.js';
import type { IndicatorState } from '../indicator.state.js';

export class ReviseIndicator extends Command<{
  /** The whole card as it is to be. */
  readonly card: IndicatorCard;
  readonly reason: string;
  readonly effectiveFromPeriod: PeriodKey;
  readonly breaksSeries: boolean;
}> {}

/** Periods of the ledgers that the indicator reads, of those that are cut off. */
export type CutOffPeriods = readonly PeriodKey[];

const kept = ['kind', 'readsFrom', 'reportingCycle', 'fiscalYearStart', 'timeZone'] as const;

export const reviseIndicator: Decide<ReviseIndicator, IndicatorState, IndicatorEvent, CutOffPeriods> = (
  { data: { card, reason, effectiveFromPeriod, breaksSeries } },
  state,
  cutOffPeriods,
) => {
  ensure(state.status !== 'undefined', indicatorRules.anIndicatorIsDefinedFirst);
  const before = state.versions.at(-1)!;
  if (isDeepStrictEqual(before.card, card) && before.effectiveFromPeriod === effectiveFromPeriod) return [];
  ensure(state.status !== 'retired', indicatorRules.aRetiredIndicatorStaysAsItIs);
  ensure(reason.trim() !== '', indicatorRules.aRevisionHasAReason, '/reason');
  const differing = kept.find((field) => before.card[field] !== card[field]);
  ensure(differing === undefined, indicatorRules.aRevisionKeepsKindAndPeriods, `/card/${differing ?? ''}`);
  ensureSound(card);
  const { reportingCycle, fiscalYearStart } = card;
  ensure(
    cycleOf(effectiveFromPeriod) === reportingCycle,
    indicatorRules.aRevisionStartsWithAPeriod,
    '/effectiveFromPeriod',
    `It is reported by ${reportingCycle}.`,
  );
  const first = firstDayOf(effectiveFromPeriod, fiscalYearStart);
  const closed = cutOffPeriods.find((period) => firstDayOf(period, fiscalYearStart) >= first);
  ensure(
    closed === undefined,
    indicatorRules.aRevisionLeavesClosedPeriodsAlone,
    '/effectiveFromPeriod',
    `${closed} is cut off.`,
  );
  const fields = Object.keys({ ...before.card, ...card }) as (keyof IndicatorCard)[];
  const changed = fields.filter((field) => !isDeepStrictEqual(before.card[field], card[field])).sort();
  const version = before.version + 1;
  return [{ type: 'IndicatorRevised', data: { version, card, changed, reason, effectiveFromPeriod, breaksSeries } }];
};

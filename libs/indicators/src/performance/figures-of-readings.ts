import { cycleOf, unhandled, type Decimal, type PeriodKey } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import type { ReadingLedgerEvent } from '../reading-ledger/reading-ledger.events.js';
import { changed, factOf, type Fact } from './facts.js';
import { figuresOf } from './performance.js';

export interface FigureOfIndicator {
  /** Value of the dimension that was asked for; absent for the whole. */
  readonly dimensionValue?: string;
  /** Cases that the denominator policy counts, whole things in the denominator of a ratio, or values. */
  readonly n: number;
  /** By the aggregation of the card, unrounded; absent when the readings give no figure. */
  readonly value?: Decimal;
  readonly minSample: number;
  readonly smallSamples: 'not-determinable' | 'judged';
}

/** The readings of ledgers, folded from their events. */
export class Readings {
  readonly #byLedger = new Map<string, Fact[]>();

  add(ledger: string, event: ReadingLedgerEvent): void {
    const facts = this.#byLedger.get(ledger) ?? [];
    this.#byLedger.set(ledger, facts);
    switch (event.type) {
      case 'CaseRecorded':
      case 'RatioRecorded':
      case 'ValueRecorded':
        facts[event.data.entry] = factOf(event);
        return;
      case 'CaseClosed':
      case 'ReadingVerified':
      case 'ReadingCorrected':
      case 'ReadingVoided': {
        const { entry } = event.data;
        const standing = facts[entry];
        if (standing === undefined) throw new Error(`${ledger} has no entry ${entry}`);
        facts[entry] = changed(standing, event);
        return;
      }
      case 'NoDataDeclared':
      case 'ReadingPeriodCutOff':
        return;
      default:
        unhandled(event);
    }
  }

  *facts(): Generator<Fact> {
    for (const facts of this.#byLedger.values()) yield* facts;
  }
}

/** Figures of one period as the card counts them; the window may be longer than its cycle. */
export function figuresOfReadings(
  facts: Iterable<Fact>,
  card: IndicatorCard,
  period: PeriodKey,
  validAt: Date,
  dimension?: string,
): readonly FigureOfIndicator[] {
  const terms = { ...card, reportingCycle: cycleOf(period) ?? card.reportingCycle };
  const sample = {
    minSample: card.minSample,
    smallSamples: card.smallSampleRule === 'not-determinable' ? ('not-determinable' as const) : ('judged' as const),
  };
  const groupBy = dimension === undefined ? ['period'] : ['period', dimension];
  const figures = figuresOf(facts, { all: [terms], inForceFor: () => terms }, groupBy, validAt)
    .filter(({ key }) => key['period'] === period)
    .map(({ key, n, value }): FigureOfIndicator => ({
      ...(dimension === undefined ? {} : { dimensionValue: key[dimension] ?? '' }),
      n,
      ...(value === undefined ? {} : { value }),
      ...sample,
    }));
  return figures.length === 0 && dimension === undefined ? [{ n: 0, ...sample }] : figures;
}

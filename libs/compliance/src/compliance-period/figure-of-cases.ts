import type { IndicatorCard, ReadingLedgerEvent } from '@app/indicators/events';
import { performanceOf } from '@app/indicators/events';
import { cycleOf, percentOf, unhandled, type Decimal, type PeriodKey } from '@app/kernel';

export interface FigureOfIndicator {
  /** Value of the dimension that was asked for; absent for the whole. */
  readonly dimensionValue?: string;
  /** Cases that the denominator policy of the indicator counts. */
  readonly n: number;
  /** Unrounded; absent when the readings give no figure. */
  readonly value?: Decimal;
  readonly minSample: number;
  readonly smallSamples: 'not-determinable' | 'judged';
}

type Fact = Parameters<typeof performanceOf>[0] extends Iterable<infer Case> ? Case : never;

/** The cases of ledgers, folded from their events. */
export class Cases {
  readonly #byLedger = new Map<string, Map<number, Fact>>();

  add(ledger: string, event: ReadingLedgerEvent): void {
    const cases = this.#byLedger.get(ledger) ?? new Map<number, Fact>();
    this.#byLedger.set(ledger, cases);
    switch (event.type) {
      case 'CaseRecorded': {
        const { entry, readingId, ...fact } = event.data;
        cases.set(entry, { id: readingId, ...fact });
        return;
      }
      case 'CaseClosed': {
        const { entry, stoppedAt } = event.data;
        const open = cases.get(entry);
        if (open !== undefined) cases.set(entry, { ...open, stoppedAt });
        return;
      }
      default:
        unhandled(event);
    }
  }

  *facts(): Generator<Fact> {
    for (const cases of this.#byLedger.values()) yield* cases.values();
  }
}

/** Percent within target of the cases of one period, as the card counts them; the window may be longer than its cycle. */
export function figuresOfCases(
  cases: Cases,
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
  const figures = performanceOf(cases.facts(), terms, groupBy, validAt)
    .filter(({ key }) => key['period'] === period)
    .map(({ key, met, late, openOverdue, withTarget }): FigureOfIndicator => {
      const decided = {
        'completed-and-overdue': met + late + openOverdue,
        'completed-only': met + late,
        'all-with-target': withTarget,
      }[card.denominatorPolicy];
      const value = percentOf(met, decided);
      return {
        ...(dimension === undefined ? {} : { dimensionValue: key[dimension] ?? '' }),
        n: decided,
        ...(value === undefined ? {} : { value }),
        ...sample,
      };
    });
  return figures.length === 0 && dimension === undefined ? [{ n: 0, ...sample }] : figures;
}

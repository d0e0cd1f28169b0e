import { Decimal, percentOf } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import { Exact } from './exact.js';
import type { Figure } from './figure.js';
import type { ValueFact } from './facts.js';
import { middles, ninetieth } from './order-statistics.js';
import { Published, type Sample } from './sample.js';

/** Figures of values; decimals as text at the precision of the card, null where there is none. */
export interface ValueFigures {
  readonly n: number;
  /** Readings without a value. */
  readonly noVolume: number;
  readonly withTarget: number;
  readonly met: number;
  readonly notMet: number;
  readonly noTarget: number;
  /** Readings that met their target, of those that have a target and a value. */
  readonly percentMet: string | null;
  /** By the aggregation of the card. */
  readonly value: string | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly median: string | null;
  readonly p90: string | null;
  readonly sample?: Sample;
}

export const valueColumns = [
  'n',
  'noVolume',
  'withTarget',
  'met',
  'notMet',
  'noTarget',
  'percentMet',
  'value',
  'min',
  'max',
  'median',
  'p90',
  'sample',
] as const;

export class ValueTally {
  #n = 0;
  #withTarget = 0;
  #met = 0;
  #notMet = 0;
  readonly #values: Exact[] = [];

  add({ value, target }: ValueFact, { direction }: IndicatorCard): void {
    this.#n += 1;
    if (target !== undefined) this.#withTarget += 1;
    if (value === undefined) return;
    const measured = new Exact(value);
    this.#values.push(measured);
    if (target === undefined) return;
    if (direction === 'higher-is-better' ? measured.gte(target) : measured.lte(target)) this.#met += 1;
    else this.#notMet += 1;
  }

  figure(card: IndicatorCard): Figure {
    const sorted = this.#sorted();
    const value = aggregated(sorted, card.aggregation);
    return { n: sorted.length, ...(value === undefined ? {} : { value }) };
  }

  row(card: IndicatorCard): ValueFigures {
    const sorted = this.#sorted();
    const judged = this.#met + this.#notMet;
    const figures = new Published(card);
    const text = (value: Decimal | undefined): string | null => figures.text(value, sorted.length);
    return {
      n: this.#n,
      noVolume: this.#n - sorted.length,
      withTarget: this.#withTarget,
      met: this.#met,
      notMet: this.#notMet,
      noTarget: this.#n - this.#withTarget,
      percentMet:
        judged === 0 ? null : new Published({ ...card, minSample: 0 }).text(percentOf(this.#met, judged), judged),
      value: text(aggregated(sorted, card.aggregation)),
      min: text(sorted[0]),
      max: text(sorted.at(-1)),
      median: text(aggregated(sorted, 'median')),
      p90: text(sorted.length === 0 ? undefined : ninetieth(sorted)),
      ...figures.sample,
    };
  }

  #sorted(): readonly Exact[] {
    return this.#values.toSorted((left, right) => left.comparedTo(right));
  }
}

function aggregated(sorted: readonly Exact[], aggregation: IndicatorCard['aggregation']): Decimal | undefined {
  if (aggregation === 'count') return new Decimal(sorted.length);
  if (sorted.length === 0) return undefined;
  const sum = (values: readonly Exact[]): Exact => values.reduce((total, value) => total.plus(value), new Exact(0));
  const mean = (values: readonly Exact[]): Decimal => new Decimal(sum(values).toString()).dividedBy(values.length);
  if (aggregation === 'sum') return sum(sorted);
  return mean(aggregation === 'median' ? middles(sorted) : sorted);
}

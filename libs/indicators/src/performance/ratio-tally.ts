import { Decimal } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import { Exact } from './exact.js';
import type { Figure } from './figure.js';
import type { RatioFact } from './facts.js';
import { Published, type Sample } from './sample.js';

/** Figures of ratios; decimals as text, percents at the precision of the card, null where there is none. */
export interface RatioFigures {
  readonly n: number;
  /** Readings whose denominator is missing or zero. */
  readonly noVolume: number;
  readonly withTarget: number;
  readonly met: number;
  readonly notMet: number;
  readonly noTarget: number;
  /** Readings that met their target, of those that have a target and a volume. */
  readonly percentMet: string | null;
  readonly numerator: string;
  readonly denominator: string;
  /** Of the sums. */
  readonly percent: string | null;
  readonly sample?: Sample;
}

export const ratioColumns = [
  'n',
  'noVolume',
  'withTarget',
  'met',
  'notMet',
  'noTarget',
  'percentMet',
  'numerator',
  'denominator',
  'percent',
  'sample',
] as const;

/** Sums numerators and denominators; a verdict is `100 numerator` against `target denominator`, so nothing is rounded. */
export class RatioTally {
  #n = 0;
  #noVolume = 0;
  #withTarget = 0;
  #met = 0;
  #notMet = 0;
  #numerator = new Exact(0);
  #denominator = new Exact(0);

  /** Under the policy `all-with-target` a reading without a target is in no sum. */
  add({ numerator, denominator, target }: RatioFact, { denominatorPolicy, direction }: IndicatorCard): void {
    const part = new Exact(numerator ?? 0);
    const whole = new Exact(denominator ?? 0);
    this.#n += 1;
    if (whole.isZero()) this.#noVolume += 1;
    if (target !== undefined) this.#withTarget += 1;
    if (target !== undefined || denominatorPolicy !== 'all-with-target') {
      this.#numerator = this.#numerator.plus(part);
      this.#denominator = this.#denominator.plus(whole);
    }
    if (target === undefined || whole.isZero()) return;
    const [reached, asked] = [part.times(100), whole.times(target)];
    const met = direction === 'higher-is-better' ? reached.gte(asked) : reached.lte(asked);
    if (met) this.#met += 1;
    else this.#notMet += 1;
  }

  figure(): Figure {
    const n = Math.min(this.#denominator.floor().toNumber(), Number.MAX_SAFE_INTEGER);
    const value = percent(this.#numerator, this.#denominator);
    return { n, ...(value === undefined ? {} : { value }) };
  }

  row(card: IndicatorCard): RatioFigures {
    const judged = this.#met + this.#notMet;
    const figures = new Published(card);
    return {
      n: this.#n,
      noVolume: this.#noVolume,
      withTarget: this.#withTarget,
      met: this.#met,
      notMet: this.#notMet,
      noTarget: this.#n - this.#withTarget,
      percentMet: new Published({ ...card, minSample: 0 }).text(
        percent(new Exact(this.#met), new Exact(judged)),
        judged,
      ),
      numerator: this.#numerator.toString(),
      denominator: this.#denominator.toString(),
      percent: figures.text(percent(this.#numerator, this.#denominator), this.#denominator.toString()),
      ...figures.sample,
    };
  }
}

const percent = (part: Exact, whole: Exact): Decimal | undefined =>
  whole.isZero() ? undefined : new Decimal(part.times(100).toString()).dividedBy(whole.toString());

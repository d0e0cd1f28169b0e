import { Decimal, published } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';

/** What the card says of few things: their figure is withheld, or shown with a warning. */
export type Sample = 'too-small' | 'small';

type Terms = Pick<IndicatorCard, 'minSample' | 'smallSampleRule' | 'decimals'>;

/** Undefined where there are enough; nothing at all is no sample and has no figure anyway. */
export const sampleOf = (n: number | string, { minSample, smallSampleRule }: Terms): Sample | undefined => {
  const count = new Decimal(n);
  if (count.isZero() || count.greaterThanOrEqualTo(minSample)) return undefined;
  return smallSampleRule === 'not-determinable' ? 'too-small' : 'small';
};

/** The figures of one row as text, and what is to be said of the samples behind them. */
export class Published {
  #sample: Sample | undefined;

  constructor(private readonly card: Terms) {}

  /** Rounded half up at the decimals of the card; null where there is no figure, or too few things for one. */
  text(value: Decimal | undefined, n: number | string): string | null {
    if (value === undefined) return null;
    const sample = sampleOf(n, this.card);
    if (sample !== undefined && this.#sample !== 'too-small') this.#sample = sample;
    return sample === 'too-small' ? null : published(value, this.card.decimals);
  }

  get sample(): { readonly sample?: Sample } {
    return this.#sample === undefined ? {} : { sample: this.#sample };
  }
}

import type { Decimal } from '@app/kernel';

/** What the readings of one group come to by the aggregation of their card, unrounded. */
export interface Figure {
  /** Things that the figure is of: cases that the denominator policy counts, whole things in the denominator, values. */
  readonly n: number;
  /** Absent when the readings give none. */
  readonly value?: Decimal;
}

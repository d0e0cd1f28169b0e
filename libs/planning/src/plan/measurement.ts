import type { ReadingRef } from './plan.events.js';

/** What the readings of an indicator come to in a period, and which readings these were. */
export interface Measurement {
  /** Decimal, half up at 30 places; absent when the readings give no figure, or are fewer than the indicator asks for. */
  readonly value?: string;
  readonly unit: string;
  readonly direction: 'higher-is-better' | 'lower-is-better';
  readonly indicatorVersion: number;
  /** Readings that the figure counts. */
  readonly sample: number;
  readonly readings: readonly ReadingRef[];
  /** Of each value of the dimension that was asked for, as far as the readings give a figure. */
  readonly byValue?: readonly { readonly name: string; readonly value: string }[];
}

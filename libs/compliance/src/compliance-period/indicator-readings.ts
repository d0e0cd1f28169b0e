import type { Decimal, PeriodKey } from '@app/kernel';
import type { IndicatorPin, LedgerPin } from './compliance-period.events.js';

/** Figures of one indicator in one period, at pinned revisions: later events of indicator and ledgers do not count. */
export interface FiguresAsked {
  readonly agency: string;
  readonly indicator: IndicatorPin;
  readonly ledgers: readonly LedgerPin[];
  readonly period: PeriodKey;
  readonly timeZone: string;
  /** What is open and due at this moment is overdue. */
  readonly validAt: string;
  /** Figures per value of this dimension; left out: one figure of the whole. */
  readonly dimension?: string;
}

export interface FigureOfIndicator {
  /** Value of the dimension that was asked for; absent for the whole. */
  readonly dimensionValue?: string;
  readonly n: number;
  /** Unrounded; absent when the readings give no figure. */
  readonly value?: Decimal;
  readonly minSample: number;
  readonly smallSamples: 'not-determinable' | 'judged';
}

/** What compliance asks of the indicators: where they stand, and their figures as they stood. */
export abstract class IndicatorReadings {
  /** The indicator, and every ledger whose readings may belong to the period, where they stand now. */
  abstract pin(
    agency: string,
    indicatorId: string,
    period: PeriodKey,
  ): Promise<{ readonly indicator: IndicatorPin; readonly ledgers: readonly LedgerPin[] }>;
  /** The whole gives exactly one figure, with n = 0 where there are no readings. */
  abstract figures(asked: FiguresAsked): Promise<readonly FigureOfIndicator[]>;
}

import { Decimal } from '@app/kernel';
import type { Dispersion } from '../plan/plan.events.js';

/** Of an even count the mean of the two middle values. There is at least one. */
export function median(values: readonly Decimal[]): Decimal {
  const sorted = [...values].sort((left, right) => left.comparedTo(right));
  const upper = sorted[Math.floor(sorted.length / 2)]!;
  return sorted.length % 2 === 1 ? upper : sorted[sorted.length / 2 - 1]!.plus(upper).dividedBy(2);
}

const places = 12;
const shown = (value: Decimal): string => value.toDecimalPlaces(places).toString();

/** How far raters are apart. */
export function dispersion(values: readonly Decimal[]): Dispersion {
  const middle = median(values);
  return {
    median: shown(middle),
    lowest: shown(Decimal.min(...values)),
    highest: shown(Decimal.max(...values)),
    deviation: shown(median(values.map((value) => value.minus(middle).abs()))),
  };
}

import { Decimal, ensure } from '@app/kernel';
import type { Comparator, SeverityBand } from './agreement.events.js';
import { agreementRules } from './agreement.rules.js';

/**
 * Bands are `[from, to)` and listed in any order. For `at-least` they reach from no lower end up to the target, for
 * `at-most` from the target to no upper end: published agreements leave values between two bands without any.
 */
export function ensureBandsCoverEveryMiss(
  bands: readonly SeverityBand[],
  comparator: Comparator,
  target: string,
  pointer: string,
): void {
  const rule = agreementRules.severityBandsCoverEveryMiss;
  ensure(bands.length > 0, rule, pointer, 'There is no band.');
  ensure(
    new Set(bands.map(({ severity }) => severity)).size === bands.length,
    agreementRules.aSeverityHasOneBand,
    pointer,
  );
  const sorted = [...bands].sort((left, right) => edge(left.from, -Infinity).comparedTo(edge(right.from, -Infinity)));
  const first = sorted[0]!;
  const last = sorted.at(-1)!;
  for (const band of sorted)
    ensure(edge(band.from, -Infinity).lessThan(edge(band.to, Infinity)), rule, pointer, `${shown(band)} is empty.`);
  sorted.slice(1).forEach((band, index) => {
    const before = sorted[index]!;
    ensure(
      before.to !== undefined && band.from !== undefined && new Decimal(before.to).equals(band.from),
      rule,
      pointer,
      `${shown(before)} and ${shown(band)} do not touch.`,
    );
  });
  const least = comparator === 'at-least';
  ensure(least === (first.from === undefined), rule, pointer, `The lowest band is ${shown(first)}.`);
  ensure(least === (last.to !== undefined), rule, pointer, `The highest band is ${shown(last)}.`);
  const nearest = least ? last.to! : first.from!;
  ensure(
    new Decimal(nearest).equals(target),
    rule,
    pointer,
    `The target is ${target}, but the nearest band is ${shown(least ? last : first)}.`,
  );
}

/** The one band that a value which misses the target falls in. */
export const bandOf = (bands: readonly SeverityBand[], value: Decimal): SeverityBand | undefined =>
  bands.find(
    (band) => value.greaterThanOrEqualTo(edge(band.from, -Infinity)) && value.lessThan(edge(band.to, Infinity)),
  );

const edge = (text: string | undefined, open: number): Decimal => new Decimal(text ?? open);
const shown = ({ from, to }: SeverityBand): string => `[${from ?? 'lowest'}, ${to ?? 'highest'})`;

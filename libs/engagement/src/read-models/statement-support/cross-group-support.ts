import type { Vote } from '../../ballot-box/ballot-box.events.js';

/** How many votes, by what they say. */
export type Tally = Readonly<Record<Vote, number>>;

export const noVotes: Tally = { agree: 0, disagree: 0, pass: 0 };

export const sizeOf = ({ agree, disagree, pass }: Tally): number => agree + disagree + pass;

/** Exact, not reduced: how it came about can be read off it. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Agreement over all groups: the product of (agreeing + 1) / (votes + 2) of each. A statement that one group refuses ranks low,
 * however many agree elsewhere (Polis, "group-informed consensus").
 */
export const crossGroupSupport = (groups: readonly Tally[]): Fraction =>
  groups.reduce<Fraction>(
    ({ numerator, denominator }, tally) => ({
      numerator: numerator * BigInt(tally.agree + 1),
      denominator: denominator * BigInt(sizeOf(tally) + 2),
    }),
    { numerator: 1n, denominator: 1n },
  );

const digits = 40;
const scale = 10n ** BigInt(digits);

/** Text of a fixed length that sorts as the fraction does, which is below 1: its first 40 decimals. */
export const rankOf = ({ numerator, denominator }: Fraction): string =>
  ((numerator * scale) / denominator).toString().padStart(digits + 1, '0');

/** For display: half up at four decimals, trailing zeros dropped. */
export function shownSupport({ numerator, denominator }: Fraction): string {
  const scaled = ((numerator * 20_000n) / denominator + 1n) / 2n;
  const text = scaled.toString().padStart(5, '0');
  return `${text.slice(0, -4)}.${text.slice(-4)}`.replace(/\.?0+$/, '');
}

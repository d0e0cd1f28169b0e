import { decimalToExact, toNumber } from './decimal.js';
import { Decimal, type NumericValue } from './values.js';

/** A number where a command counts: doubles lose their fraction, decimals round half to even, NaN is 0. */
export function roundedTowardZero(value: NumericValue): number {
  const number = value instanceof Decimal ? halfToEven(value) : Math.trunc(toNumber(value));
  return Number.isNaN(number) ? 0 : number + 0;
}

function halfToEven(value: Decimal): number {
  const exact = decimalToExact(value);
  if (exact.kind !== 'finite' || exact.exponent >= 0) return toNumber(value);
  // Below 10^-40 of one nothing is left of 34 digits.
  if (exact.exponent < -40) return 0;
  const unit = 10n ** BigInt(-exact.exponent);
  const negative = exact.coefficient < 0n;
  const magnitude = negative ? -exact.coefficient : exact.coefficient;
  const rest = (magnitude % unit) * 2n;
  let whole = magnitude / unit;
  if (rest > unit || (rest === unit && whole % 2n === 1n)) whole += 1n;
  return Number(negative ? -whole : whole);
}

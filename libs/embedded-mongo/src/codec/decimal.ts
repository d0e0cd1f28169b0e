import { Dbl, Decimal, double, isInt32, type NumericValue } from './values.js';

/** An exact number: sign * coefficient * 10^exponent, or one of the three values that are not finite. */
export type Exact =
  | { readonly kind: 'finite'; readonly coefficient: bigint; readonly exponent: number }
  | { readonly kind: 'infinity'; readonly negative: boolean }
  | { readonly kind: 'nan' };

export type Finite = Extract<Exact, { kind: 'finite' }>;

const EXPONENT_BIAS = 6176;
const MAX_EXPONENT = 6111;
const LIMIT = 10n ** 34n;
const NAN: Exact = { kind: 'nan' };

export function decimalToExact(value: Decimal): Exact {
  const low = value.bytes.readBigUInt64LE(0);
  const high = value.bytes.readBigUInt64LE(8);
  const negative = high >> 63n === 1n;
  const top = Number((high >> 58n) & 0x1fn);
  if (top === 0x1f) return NAN;
  if (top === 0x1e) return { kind: 'infinity', negative };
  const large = top >> 3 === 3;
  const exponent = Number((high >> (large ? 47n : 49n)) & 0x3fffn) - EXPONENT_BIAS;
  // A coefficient in the large form always exceeds 34 digits, which the standard reads as zero.
  const coefficient = large ? 0n : ((high & 0x1ffffffffffffn) << 64n) | low;
  const canonical = coefficient >= LIMIT ? 0n : coefficient;
  return { kind: 'finite', coefficient: negative ? -canonical : canonical, exponent };
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Rounds half to even to 34 digits, as the server's decimal library does. */
export function exactToDecimal(value: Exact): Decimal {
  const bytes = Buffer.alloc(16);
  if (value.kind === 'nan') {
    bytes.writeBigUInt64LE(0x7c00000000000000n, 8);
    return new Decimal(bytes);
  }
  if (value.kind === 'infinity') {
    bytes.writeBigUInt64LE(value.negative ? 0xf800000000000000n : 0x7800000000000000n, 8);
    return new Decimal(bytes);
  }
  let coefficient = magnitude(value.coefficient);
  let exponent = value.exponent;
  const excess = Math.max(coefficient.toString().length - 34, -EXPONENT_BIAS - exponent, 0);
  if (excess > 0) {
    const divisor = 10n ** BigInt(excess);
    const rest = coefficient % divisor;
    coefficient /= divisor;
    exponent += excess;
    if (rest * 2n > divisor || (rest * 2n === divisor && coefficient % 2n === 1n)) coefficient += 1n;
    if (coefficient >= LIMIT) {
      coefficient /= 10n;
      exponent += 1;
    }
  }
  if (coefficient === 0n) exponent = Math.min(exponent, MAX_EXPONENT);
  while (exponent > MAX_EXPONENT && coefficient * 10n < LIMIT) {
    coefficient *= 10n;
    exponent -= 1;
  }
  const negative = value.coefficient < 0n;
  if (exponent > MAX_EXPONENT) return exactToDecimal({ kind: 'infinity', negative });
  bytes.writeBigUInt64LE(coefficient & 0xffffffffffffffffn, 0);
  const high = (BigInt(exponent + EXPONENT_BIAS) << 49n) | (coefficient >> 64n) | (negative ? 1n << 63n : 0n);
  bytes.writeBigUInt64LE(high, 8);
  return new Decimal(bytes);
}

const PARTS = new DataView(new ArrayBuffer(8));

export function doubleToExact(value: number): Exact {
  if (Number.isNaN(value)) return NAN;
  if (!Number.isFinite(value)) return { kind: 'infinity', negative: value < 0 };
  PARTS.setFloat64(0, value);
  const bits = PARTS.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  const signed = value < 0 ? -mantissa : mantissa;
  if (power >= 0) return { kind: 'finite', coefficient: signed << BigInt(power), exponent: 0 };
  // m * 2^-k is m * 5^k * 10^-k: exact.
  return { kind: 'finite', coefficient: signed * 5n ** BigInt(-power), exponent: power };
}

export function toExact(value: NumericValue): Exact {
  if (typeof value === 'bigint') return { kind: 'finite', coefficient: value, exponent: 0 };
  if (value instanceof Decimal) return decimalToExact(value);
  const number = value instanceof Dbl ? value.value : value;
  if (Number.isInteger(number)) return { kind: 'finite', coefficient: BigInt(number), exponent: 0 };
  return doubleToExact(number);
}

export function toNumber(value: NumericValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Dbl) return value.value;
  const exact = decimalToExact(value);
  if (exact.kind === 'nan') return NaN;
  if (exact.kind === 'infinity') return exact.negative ? -Infinity : Infinity;
  return Number(`${exact.coefficient}e${exact.exponent}`);
}

function rank(value: Exact): number {
  if (value.kind === 'nan') return 0;
  if (value.kind === 'infinity') return value.negative ? 1 : 3;
  return 2;
}

function digits(value: bigint): number {
  return magnitude(value).toString().length;
}

export function compareExact(a: Exact, b: Exact): number {
  if (a.kind !== 'finite' || b.kind !== 'finite') return Math.sign(rank(a) - rank(b));
  const signA = a.coefficient < 0n ? -1 : a.coefficient > 0n ? 1 : 0;
  const signB = b.coefficient < 0n ? -1 : b.coefficient > 0n ? 1 : 0;
  if (signA !== signB) return Math.sign(signA - signB);
  if (signA === 0) return 0;
  const size = digits(a.coefficient) + a.exponent - digits(b.coefficient) - b.exponent;
  if (size !== 0) return Math.sign(size) * signA;
  const shift = a.exponent - b.exponent;
  const left = shift > 0 ? a.coefficient * 10n ** BigInt(shift) : a.coefficient;
  const right = shift < 0 ? b.coefficient * 10n ** BigInt(-shift) : b.coefficient;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** MongoDB's order of numbers of any two types: by value, NaN below everything and equal to itself. */
export function compareNumbers(a: NumericValue, b: NumericValue): number {
  const left = a instanceof Dbl ? a.value : a;
  const right = b instanceof Dbl ? b.value : b;
  if (typeof left === 'number' && typeof right === 'number') {
    if (left < right) return -1;
    if (left > right) return 1;
    if (left === right) return 0;
    return (Number.isNaN(left) ? 0 : 1) - (Number.isNaN(right) ? 0 : 1);
  }
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  return compareExact(toExact(left), toExact(right));
}

/** What a double becomes when it meets a decimal: 15 digits, or 17 where 15 do not give the double back. */
function doubleToDecimalExact(value: number): Exact {
  if (!Number.isFinite(value) || isInt32(value)) return doubleToExact(value);
  const short = value.toPrecision(15);
  const text = (Number(short) === value ? short : value.toPrecision(17)).toLowerCase();
  const [mantissa = '0', power = '0'] = text.split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { kind: 'finite', coefficient: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

function operand(value: NumericValue): Exact {
  if (typeof value === 'number' && !isInt32(value)) return doubleToDecimalExact(value);
  return toExact(value);
}

function addExact(a: Exact, b: Exact): Exact {
  if (a.kind === 'nan' || b.kind === 'nan') return NAN;
  if (a.kind === 'infinity') return b.kind === 'infinity' && a.negative !== b.negative ? NAN : a;
  if (b.kind === 'infinity') return b;
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * 10n ** BigInt(a.exponent - exponent);
  const right = b.coefficient * 10n ** BigInt(b.exponent - exponent);
  return { kind: 'finite', coefficient: left + right, exponent };
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

export function addDecimal(a: NumericValue, b: NumericValue): Decimal {
  return exactToDecimal(addExact(operand(a), operand(b)));
}

export function divideDecimal(a: NumericValue, by: number): Decimal {
  const exact = operand(a);
  if (exact.kind !== 'finite') return exactToDecimal(exact);
  // 40 further digits leave rounding to 34 undisturbed; a trailing zero division is brought back to short form.
  const scaled = exact.coefficient * 10n ** 40n;
  const quotient = scaled / BigInt(by);
  if (quotient * BigInt(by) !== scaled)
    return exactToDecimal({ kind: 'finite', coefficient: quotient, exponent: exact.exponent - 40 });
  let coefficient = quotient;
  let exponent = exact.exponent - 40;
  while (exponent < exact.exponent && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return exactToDecimal({ kind: 'finite', coefficient, exponent });
}

/** Adds as the server does: the wider type wins, int32 widens on overflow; undefined when int64 overflows. */
export function add(a: NumericValue, b: NumericValue): NumericValue | undefined {
  if (a instanceof Decimal || b instanceof Decimal) return addDecimal(a, b);
  const left = a instanceof Dbl ? a.value : a;
  const right = b instanceof Dbl ? b.value : b;
  const isDouble = (raw: NumericValue): boolean => raw instanceof Dbl || (typeof raw === 'number' && !isInt32(raw));
  if (isDouble(a) || isDouble(b)) return double(Number(left) + Number(right));
  if (typeof left === 'number' && typeof right === 'number') {
    const sum = left + right;
    return isInt32(sum) ? sum : BigInt(sum);
  }
  const sum = BigInt(left) + BigInt(right);
  return sum < INT64_MIN || sum > INT64_MAX ? undefined : sum;
}

import { Decimal as DecimalJs } from 'decimal.js';

/** Exact decimal arithmetic: 60 significant digits, half up (away from zero), never an exponent in text. */
export const Decimal = DecimalJs.clone({
  precision: 60,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -100,
  toExpPos: 100,
});
export type Decimal = InstanceType<typeof Decimal>;

/** Text for display: half up at `places`, trailing zeros dropped. */
export const published = (value: Decimal, places: number): string => value.toDecimalPlaces(places).toString();

/** 100 * part / whole, unrounded; undefined when there is no whole. */
export const percentOf = (part: number | bigint, whole: number | bigint): Decimal | undefined =>
  whole === 0 || whole === 0n
    ? undefined
    : new Decimal(part.toString()).times(100).dividedBy(new Decimal(whole.toString()));

const decimalText = /^-?(0|[1-9]\d{0,29})(\.\d{1,30})?$/;

/** True for plain decimal text: no exponent, no leading plus or zero. */
export const isDecimalText = (text: string): boolean => decimalText.test(text);

import { Decimal } from '@app/kernel';

/** A quotient that is never divided out: compared exactly, by cross multiplication. */
export interface Ratio {
  readonly over: Decimal;
  /** Above zero. */
  readonly under: Decimal;
}

export const ratio = (over: Decimal | number, under: Decimal | number = 1): Ratio => {
  const divisor = new Decimal(under);
  return divisor.isNegative()
    ? { over: new Decimal(over).negated(), under: divisor.negated() }
    : { over: new Decimal(over), under: divisor };
};

/** Below zero, zero or above zero, as for a sort. */
export const compareRatios = (left: Ratio, right: Ratio): number =>
  left.over.times(right.under).comparedTo(right.over.times(left.under));

const places = 12;

/** Half up at 12 places: for people and stored answers, never for a comparison. */
export const ratioText = ({ over, under }: Ratio): string => over.dividedBy(under).toDecimalPlaces(places).toString();

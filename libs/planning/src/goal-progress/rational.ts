import { Decimal } from '@app/kernel';

/** Sums and products of plain decimal texts come out exactly: no goal has the digits to fill it. */
const Exact = Decimal.clone({ precision: 1000 });
type Exact = InstanceType<typeof Exact>;

/** A number as text, or the unrounded figure of an indicator. */
export type Amount = string | number | Decimal | Rational;

/** A fraction of decimals, so that what is compared was never rounded, not even by a division. */
export class Rational {
  private constructor(
    private readonly over: Exact,
    /** Above zero. */
    private readonly under: Exact,
  ) {}

  static of(amount: Amount): Rational {
    return amount instanceof Rational ? amount : new Rational(new Exact(amount), new Exact(1));
  }

  plus(other: Amount): Rational {
    const { over, under } = Rational.of(other);
    if (under.equals(this.under)) return new Rational(this.over.plus(over), under);
    return new Rational(this.over.times(under).plus(over.times(this.under)), this.under.times(under));
  }

  minus(other: Amount): Rational {
    return this.plus(Rational.of(other).negated());
  }

  times(other: Amount): Rational {
    const { over, under } = Rational.of(other);
    return new Rational(this.over.times(over), this.under.times(under));
  }

  /** By anything but zero. */
  dividedBy(other: Amount): Rational {
    const { over, under } = Rational.of(other);
    const [top, bottom] = [this.over.times(under), this.under.times(over)];
    return bottom.isNegative() ? new Rational(top.negated(), bottom.negated()) : new Rational(top, bottom);
  }

  negated(): Rational {
    return new Rational(this.over.negated(), this.under);
  }

  /** -1, 0 or 1 for below, at and above the other. */
  compare(other: Amount): number {
    return this.minus(other).sign;
  }

  get sign(): number {
    return this.over.isZero() ? 0 : this.over.isNegative() ? -1 : 1;
  }

  /** With 60 digits, as everywhere else. */
  decimal(): Decimal {
    return new Decimal(this.over).dividedBy(new Decimal(this.under));
  }
}

import { Decimal } from '@app/kernel';

export interface GapSize {
  /** Desired less current in the direction of improvement: above zero where the service falls short. */
  readonly size: string;
  /** Size by the desired level, half up at 20 places: 2 says that a service is away from it by twice the level. Absent at zero. */
  readonly relative?: string;
}

export function gapSize(current: string, desired: string, direction: 'higher-is-better' | 'lower-is-better'): GapSize {
  const rise = new Decimal(desired).minus(current);
  const size = direction === 'higher-is-better' ? rise : rise.negated();
  const level = new Decimal(desired).abs();
  return {
    size: size.plus(0).toString(),
    ...(level.isZero() ? {} : { relative: size.dividedBy(level).toDecimalPlaces(20).plus(0).toString() }),
  };
}

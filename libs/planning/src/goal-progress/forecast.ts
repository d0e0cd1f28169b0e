import { Rational } from './rational.js';
import { dayNumber, type DatedAmount } from './trajectory.js';

/** Fewer readings than this make no line. */
export const fewestForForecast = 3;

/** Where the line of least squares through the readings stands on a day; undefined for too few, or all of one day. */
export function forecastOn(readings: readonly DatedAmount[], date: string): Rational | undefined {
  if (readings.length < fewestForForecast) return undefined;
  const first = dayNumber(readings[0]!.on);
  const points = readings.map(({ on, amount }) => ({ x: dayNumber(on) - first, y: Rational.of(amount) }));
  const sum = (term: (point: (typeof points)[number]) => Rational | number): Rational =>
    points.reduce((total, point) => total.plus(term(point)), Rational.of(0));
  const n = points.length;
  const [x, y] = [sum((point) => point.x), sum((point) => point.y)];
  const spread = sum((point) => point.x * point.x)
    .times(n)
    .minus(x.times(x));
  if (spread.sign === 0) return undefined;
  const slope = sum(({ x: at, y: amount }) => amount.times(at))
    .times(n)
    .minus(x.times(y))
    .dividedBy(spread);
  return y
    .plus(
      slope.times(
        Rational.of(n)
          .times(dayNumber(date) - first)
          .minus(x),
      ),
    )
    .dividedBy(n);
}

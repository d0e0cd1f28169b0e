import { Temporal } from 'temporal-polyfill';

/** A stretch of time `[from, to)`, in epoch seconds, in which a clock is `offset` seconds ahead of UTC. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

// Looking for a change of the clock takes some 100 us, so what was found for a year or so is kept.
const blockSeconds = 366 * 86_400;
const mostKept = 10_000;
const kept = new Map<string, readonly Stretch[]>();

/** The parts of `[from, to)`, in epoch seconds, in which the offset does not change; none when `to` is not after `from`. */
export function* offsetsBetween(timeZone: string, from: number, to: number): Generator<Stretch> {
  for (let block = Math.floor(from / blockSeconds); block * blockSeconds < to; block++)
    for (const stretch of offsetsIn(timeZone, block)) {
      const begin = Math.max(from, stretch.from);
      const end = Math.min(to, stretch.to);
      if (begin < end) yield { from: begin, to: end, offset: stretch.offset };
    }
}

function offsetsIn(timeZone: string, block: number): readonly Stretch[] {
  const key = `${timeZone} ${block}`;
  let stretches = kept.get(key);
  if (stretches === undefined) {
    stretches = [...foundIn(timeZone, block * blockSeconds, (block + 1) * blockSeconds)];
    if (kept.size >= mostKept) kept.clear();
    kept.set(key, stretches);
  }
  return stretches;
}

function* foundIn(timeZone: string, from: number, to: number): Generator<Stretch> {
  let at = Temporal.Instant.fromEpochMilliseconds(from * 1000).toZonedDateTimeISO(timeZone);
  for (let begin = from; begin < to;) {
    const change = at.getTimeZoneTransition('next');
    const end = change === null ? to : Math.min(to, change.epochMilliseconds / 1000);
    yield { from: begin, to: end, offset: at.offsetNanoseconds / 1e9 };
    if (change === null) return;
    [at, begin] = [change, end];
  }
}

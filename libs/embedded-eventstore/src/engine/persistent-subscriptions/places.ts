import type { LogPosition } from '../../codec/read-requests.js';
import type { StartFrom } from '../../codec/group-requests.js';
import { TOMBSTONE_PLACE } from './sources.js';

/** Where a group starts: at the end, or at a revision or log position, which is a number in both cases. */
export type Start = 'end' | number;

/** The largest unsigned number, which stands for the end too. */
const END = 18446744073709551615n;
const TOMBSTONE_TEXT = '9223372036854775807';

export function startOf(startFrom: Exclude<StartFrom, undefined>): Start {
  if (startFrom === 'start') return 0;
  if (startFrom === 'end' || startFrom === END) return 'end';
  if (typeof startFrom !== 'object') return Number(startFrom);
  return startFrom.commit === END ? 'end' : Number(startFrom.commit);
}

/** As the real server writes places down: `11`, or `C:11/P:11` in `$all`. */
export function placeText(place: number, inAll: boolean): string {
  if (inAll) return `C:${place}/P:${place}`;
  return place === TOMBSTONE_PLACE ? TOMBSTONE_TEXT : String(place);
}

export function startText(startFrom: Exclude<StartFrom, undefined>, inAll: boolean): string {
  const start = startOf(startFrom);
  if (start === 'end') return inAll ? 'C:-1/P:-1' : '-1';
  return inAll && isPosition(startFrom) ? `C:${startFrom.commit}/P:${startFrom.prepare}` : placeText(start, inAll);
}

const isPosition = (startFrom: StartFrom): startFrom is LogPosition => typeof startFrom === 'object';

/** Reads what `placeText` and `startText` write; undefined for anything else. */
export function placeFrom(text: string): Start | undefined {
  const match = /^(?:C:(-?\d+)\/P:-?\d+|(-?\d+))$/.exec(text);
  const digits = match?.[1] ?? match?.[2];
  if (digits === undefined) return undefined;
  return digits === '-1' ? 'end' : Number(digits);
}

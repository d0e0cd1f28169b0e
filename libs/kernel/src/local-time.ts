import { Temporal } from 'temporal-polyfill';

/** RFC 3339 with seconds and an offset: `2011-07-01T01:32:33-04:00`. It says the instant and the wall-clock time. */
export type OffsetDateTime = string;

const offsetDateTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d{2}:\d{2})$/;

/** Shape and calendar both hold: 30 February is refused. */
export const isOffsetDateTime = (text: string): boolean =>
  offsetDateTime.test(text) &&
  // Every month has 28 days: most texts need no calendar.
  (Number(text.slice(8, 10)) <= 28 || new Date(`${text.slice(0, 19)}Z`).toISOString().startsWith(text.slice(0, 19)));

/** Epoch seconds of the instant. */
export const instantSeconds = (text: OffsetDateTime): number => Date.parse(text) / 1000;

/** Seconds on the wall clock, as if the local time were UTC: differences ignore daylight-saving changes. */
export const wallClockSeconds = (text: OffsetDateTime): number => Date.parse(`${text.slice(0, 19)}Z`) / 1000;

/** Local text without offset becomes an offset date-time; a time that occurs twice is taken as the earlier one. */
export function inZone(local: string, timeZone: string): OffsetDateTime {
  return Temporal.PlainDateTime.from(local)
    .toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 0 });
}

/** Epoch seconds, half-open: from one change of the offset to the next. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly offset: string;
}

const spans = new Map<string, Span[]>();
const mostSpans = 200;

/** `-04:00`. */
function offsetAt(instant: number, timeZone: string): string {
  const known = spans.get(timeZone) ?? [];
  const found = known.find(({ from, until }) => from <= instant && instant < until) ?? spanAt(instant, timeZone);
  if (known[0] !== found) {
    // What is asked next is mostly of the same span.
    const others = known.filter((span) => span !== found).slice(0, mostSpans);
    spans.set(timeZone, [found, ...others]);
  }
  return found.offset;
}

function spanAt(instant: number, timeZone: string): Span {
  const at = Temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(timeZone);
  // A change at this very instant has happened.
  const before = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const after = at.getTimeZoneTransition('next');
  return {
    from: before === null ? -Infinity : before.epochMilliseconds / 1000,
    until: after === null ? Infinity : after.epochMilliseconds / 1000,
    offset: at.offset,
  };
}

/** The same instant on the wall clock of a zone: periods and wall-clock durations are read off the text. */
export function onWallClock(text: OffsetDateTime, timeZone: string): OffsetDateTime {
  const instant = instantSeconds(text);
  const offset = offsetAt(instant, timeZone);
  if (text.endsWith(offset)) return text;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(4, 6))];
  const seconds = (hours * 60 + minutes) * (offset.startsWith('-') ? -60 : 60);
  return `${new Date((instant + seconds) * 1000).toISOString().slice(0, 19)}${offset}`;
}

export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

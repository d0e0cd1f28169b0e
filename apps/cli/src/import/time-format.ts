import { inZone, type OffsetDateTime } from '@app/kernel';

const parts: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{2})',
  h: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '\\d{3}',
  a: '(?<half>[AaPp])\\.?[Mm]\\.?',
  XXX: '(?<offset>Z|[+-]\\d{2}:\\d{2})',
};
const token = /'([^']*)'|yyyy|MM|M|dd|d|HH|H|hh|h|mm|ss|SSS|XXX|a|([A-Za-z]+)|([^A-Za-z'])/g;

export type LocalTime = { readonly local: string; readonly offset: string | undefined };

/** Reads text by a pattern such as `yyyy-MM-dd HH:mm:ss`; answers undefined for text that does not follow it. */
export function timeFormat(pattern: string): (text: string) => LocalTime | undefined {
  let expression = '';
  for (const [whole, quoted, unknown, literal] of pattern.matchAll(token)) {
    if (unknown !== undefined) throw new RangeError(`${unknown} is not a part of a time format`);
    const text = quoted ?? literal;
    expression += text === undefined ? parts[whole]! : text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  }
  if (!/<year>.*<month>.*<day>|<month>.*<day>.*<year>|<day>.*<month>.*<year>/.test(expression)) {
    throw new RangeError('a time format has yyyy, MM and dd');
  }
  const regex = new RegExp(`^${expression}$`);
  const twelve = pattern.includes('a') && /h/.test(pattern);
  return (text) => {
    const found = regex.exec(text)?.groups;
    if (found === undefined) return undefined;
    const two = (value: string | undefined): string => (value ?? '00').padStart(2, '0');
    let hour = two(found['hour']);
    if (twelve) {
      if (Number(hour) < 1 || Number(hour) > 12) return undefined;
      const evening = found['half']!.toLowerCase() === 'p';
      hour = two(String((Number(hour) % 12) + (evening ? 12 : 0)));
    }
    const day = `${found['year']!}-${two(found['month'])}-${two(found['day'])}`;
    const local = `${day}T${hour}:${two(found['minute'])}:${two(found['second'])}`;
    return isCalendarTime(local) ? { local, offset: found['offset'] } : undefined;
  };
}

const isCalendarTime = (local: string): boolean => {
  const instant = Date.parse(`${local}Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(local);
};

/**
 * `inZone` of the kernel (11 µs a call) with the offset of each local hour remembered (1 µs): a file asks for the same few
 * thousand hours again and again. Hours in which the clocks change are never remembered.
 */
export function zoned(timeZone: string): (time: LocalTime) => OffsetDateTime {
  const offsets = new Map<string, string | undefined>();
  const offsetOf = (hour: string): string | undefined => {
    const first = inZone(`${hour}:00:00`, timeZone);
    const last = inZone(`${hour}:59:59`, timeZone);
    const steady = first.startsWith(hour) && last.startsWith(hour) && first.slice(19) === last.slice(19);
    return steady ? first.slice(19) : undefined;
  };
  const fromLocal = (local: string): OffsetDateTime => {
    const hour = local.slice(0, 13);
    if (!offsets.has(hour)) {
      if (offsets.size >= 50_000) offsets.clear();
      offsets.set(hour, offsetOf(hour));
    }
    const offset = offsets.get(hour);
    return offset === undefined ? inZone(local, timeZone) : local + offset;
  };
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const fromInstant = (instant: number): OffsetDateTime => {
    const local = wall.format(instant).replace(' ', 'T');
    const minutes = Math.round((Date.parse(`${local}Z`) - instant) / 60_000);
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    const two = (value: number): string => String(value).padStart(2, '0');
    return `${local}${minutes < 0 ? '-' : '+'}${two(hours)}:${two(rest)}`;
  };
  return ({ local, offset }) => (offset === undefined ? fromLocal(local) : fromInstant(Date.parse(local + offset)));
}

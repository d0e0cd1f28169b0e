import { inZone } from '@app/kernel';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { weekdays, type Weekday, type WorkingHours } from './calendar.events.js';
import {
  allDayHours,
  change,
  hoursChanged,
  independenceDayDeclared,
  office,
  officeDefined,
  patriotsDayDeclared,
  patriotsDayRevoked,
} from './calendar.examples.js';
import { calendar, type BusinessCalendar } from './calendar.state.js';
import { addWorkingDays, isWorkingDay, workingSeconds } from './working-time.js';

const hour = 3600;
const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/St_Johns',
  'UTC',
];
const officeCalendar = [
  officeDefined,
  hoursChanged,
  patriotsDayDeclared,
  patriotsDayRevoked,
  independenceDayDeclared,
  { type: 'HolidayDeclared' as const, data: { date: '2026-01-19', name: 'Martin Luther King Day' } },
].reduce(calendar.evolve, calendar.initial) as BusinessCalendar;
const always = (timeZone: string): BusinessCalendar => ({
  name: 'Around the clock',
  timeZone,
  hours: [{ weeklyHours: allDayHours }],
  holidays: new Map(),
  revokedHolidays: new Map(),
});
const local = (text: string, timeZone = office.timeZone) => inZone(text, timeZone);

/** What the wall clock shows, asked every minute, and not of Temporal. */
function byTheMinute(given: BusinessCalendar, from: number, to: number): number {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: given.timeZone, dateStyle: 'short', timeStyle: 'short' });
  let minutes = 0;
  for (let at = from; at < to; at += 60) {
    const [date, time] = clock.format(at * 1000).split(' ') as [string, string];
    if (hoursOn(given, date).some((hours) => hours.from <= time && time < hours.to)) minutes++;
  }
  return minutes * 60;
}

function hoursOn({ hours, holidays }: BusinessCalendar, date: string): readonly WorkingHours[] {
  if (holidays.has(date)) return [];
  const { weeklyHours } = hours.findLast(({ effectiveFrom = '' }) => effectiveFrom <= date)!;
  const weekday = weekdays[(new Date(date).getUTCDay() + 6) % 7];
  return weeklyHours.filter((one) => one.weekday === weekday);
}

const timeOfDay = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const hoursOf = (weekday: Weekday): fc.Arbitrary<WorkingHours[]> =>
  fc
    .uniqueArray(fc.oneof(fc.integer({ min: 0, max: 1440 }), fc.constantFrom(0, 60, 90, 120, 150, 180, 1440)), {
      maxLength: 6,
    })
    .map((edges) => {
      const sorted = [...edges].sort((left, right) => left - right);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, at) => ({
        weekday,
        from: timeOfDay(sorted[2 * at]!),
        to: timeOfDay(sorted[2 * at + 1]!),
      }));
    });
const someWeek = fc
  .tuple(...weekdays.map(hoursOf))
  .map((days) => days.flat())
  .filter((hours) => hours.length > 0);
/** Minutes of 2011, when Apia left out a day, and of 2026. */
const someMinute = fc
  .tuple(fc.constantFrom('2011-01-01', '2026-01-01'), fc.integer({ min: 0, max: 366 * 1440 }))
  .map(([year, minutes]) => Date.parse(`${year}T00:00:00Z`) / 1000 + minutes * 60);
const dateIn = (timeZone: string, at: number): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at * 1000)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
const text = (at: number): string => `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;

/** A calendar with a change of hours and a holiday near a moment, and that moment near a change of the clock or not. */
const someCase = fc
  .record({
    timeZone: fc.constantFrom(...zones),
    first: someWeek,
    second: someWeek,
    minute: someMinute,
    atChange: fc.boolean(),
    changeAfter: fc.integer({ min: -2, max: 3 }),
    holidayAfter: fc.integer({ min: -1, max: 2 }),
    before: fc.integer({ min: 0, max: 900 }),
    length: fc.integer({ min: 0, max: 2000 }),
  })
  .map(({ timeZone, first, second, minute, atChange, changeAfter, holidayAfter, before, length }) => {
    const next = Temporal.Instant.fromEpochMilliseconds(minute * 1000)
      .toZonedDateTimeISO(timeZone)
      .getTimeZoneTransition('next');
    const centre = atChange && next !== null ? next.epochMilliseconds / 1000 : minute;
    const day = dateIn(timeZone, centre);
    const given: BusinessCalendar = {
      name: 'Some calendar',
      timeZone,
      hours: [
        { weeklyHours: first },
        { effectiveFrom: day.add({ days: changeAfter }).toString(), weeklyHours: second },
      ],
      holidays: new Map([[day.add({ days: holidayAfter }).toString(), 'Holiday']]),
      revokedHolidays: new Map(),
    };
    const from = centre - before * 60;
    return { given, from, to: from + length * 60 };
  });

describe('working time', () => {
  it('is what the wall clock shows, minute by minute', () => {
    let changes = 0;
    fc.assert(
      fc.property(someCase, ({ given, from, to }) => {
        const [begin, end] = [from, to].map((at) =>
          Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(given.timeZone),
        );
        if (begin!.offset !== end!.offset) changes++;
        expect(workingSeconds(given, text(from), text(to))).toBe(byTheMinute(given, from, to));
      }),
      { numRuns: 250 },
    );
    expect(changes).toBeGreaterThan(0);
  });
  it('of two stretches that meet adds up', () =>
    fc.assert(
      fc.property(someCase, someMinute, ({ given, from, to }, far) => {
        const [first, second, third] = [from, to, far].sort((left, right) => left - right).map(text);
        expect(workingSeconds(given, first!, second!) + workingSeconds(given, second!, third!)).toBe(
          workingSeconds(given, first!, third!),
        );
      }),
    ));
  it('golden vector (j): around the clock it loses nothing over midnight or a change of the clock', () =>
    fc.assert(
      fc.property(fc.constantFrom(...zones), someMinute, someMinute, (timeZone, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        expect(workingSeconds(always(timeZone), text(from), text(to))).toBe(to - from);
      }),
    ));
  it('golden vector (j): a night in which the clock goes forward has 23 hours in its day, back 25', () => {
    const newYork = always('America/New_York');
    expect(workingSeconds(newYork, local('2026-03-08T00:00:00'), local('2026-03-09T00:00:00'))).toBe(23 * hour);
    expect(workingSeconds(newYork, local('2026-11-01T00:00:00'), local('2026-11-02T00:00:00'))).toBe(25 * hour);
    expect(workingSeconds(newYork, local('2026-03-07T23:59:59'), local('2026-03-08T00:00:01'))).toBe(2);
  });
  it('counts to the second, from the first one of a span to the last before its end', () => {
    const count = (from: string, to: string) =>
      workingSeconds(officeCalendar, local(`2026-01-05T${from}`), local(`2026-01-05T${to}`));
    expect(count('08:00:00', '09:00:01')).toBe(1);
    expect(count('12:29:59', '13:00:01')).toBe(2);
    expect(count('16:59:59', '18:00:00')).toBe(1);
    expect(count('00:00:00', '23:59:59')).toBe(7.5 * hour);
  });
  it('passes over nights, weekends and holidays', () =>
    expect(workingSeconds(officeCalendar, local('2026-01-16T16:00:00'), local('2026-01-20T10:00:00'))).toBe(2 * hour));
  it('follows a change of hours from its day on', () => {
    const thursday = (date: string) =>
      workingSeconds(officeCalendar, local(`${date}T00:00:00`), local(`${date}T23:59:59`));
    expect([thursday('2026-02-26'), thursday('2026-03-05')]).toEqual([7.5 * hour, 9.5 * hour]);
    expect(change.effectiveFrom).toBe('2026-03-02');
  });
  it('is read from instants, whatever their offset', () =>
    expect(workingSeconds(officeCalendar, '2026-01-05T15:00:00+01:00', '2026-01-05T15:00:00Z')).toBe(hour));
  it('is nothing when the end is not after the beginning', () => {
    expect(workingSeconds(officeCalendar, local('2026-01-05T10:00:00'), local('2026-01-05T10:00:00'))).toBe(0);
    expect(workingSeconds(officeCalendar, local('2026-01-05T12:00:00'), local('2026-01-05T10:00:00'))).toBe(0);
  });
});

describe('a working day', () => {
  it('has working hours and is no holiday', () =>
    expect(
      ['2026-01-16', '2026-01-17', '2026-01-18', '2026-01-19', '2026-01-20'].map((date) =>
        isWorkingDay(officeCalendar, date),
      ),
    ).toEqual([true, false, false, false, true]));
  it('is one again after its holiday was revoked', () => expect(isWorkingDay(officeCalendar, '2026-04-20')).toBe(true));
  it('comes so many working days after another', () => {
    expect(addWorkingDays(officeCalendar, '2026-01-16', 1)).toBe('2026-01-20');
    expect(addWorkingDays(officeCalendar, '2026-01-16', 10)).toBe('2026-02-02');
    expect(addWorkingDays(officeCalendar, '2026-01-17', 1)).toBe('2026-01-20');
    expect(addWorkingDays(officeCalendar, '2026-01-20', -1)).toBe('2026-01-16');
    expect(addWorkingDays(officeCalendar, '2026-01-17', 0)).toBe('2026-01-17');
    expect(() => addWorkingDays(officeCalendar, '2026-01-17', 0.5)).toThrow(RangeError);
  });
  it('comes as a count of the days between says', () =>
    fc.assert(
      fc.property(someCase, fc.integer({ min: -40, max: 40 }), ({ given, from }, days) => {
        const start = dateIn(given.timeZone, from);
        const end = addWorkingDays(given, start.toString(), days);
        const between: string[] = [];
        const step = Math.sign(days);
        for (let day = start; day.toString() !== end;) {
          day = day.add({ days: step });
          between.push(day.toString());
        }
        const works = (date: string) => hoursOn(given, date).length > 0;
        expect(between.filter(works)).toHaveLength(Math.abs(days));
        if (days !== 0) expect(works(end)).toBe(true);
      }),
      { numRuns: 30 },
    ));
});

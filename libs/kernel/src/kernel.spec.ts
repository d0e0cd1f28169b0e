import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  Decimal,
  boundsOf,
  cycleOf,
  defineRules,
  ensure,
  firstDayOf,
  inZone,
  instantSeconds,
  isDecimalText,
  isOffsetDateTime,
  onWallClock,
  parseStreamName,
  percentOf,
  periodOf,
  published,
  reportingCycles,
  RuleViolation,
  rulesById,
  streamName,
  uuidV5,
  wallClockSeconds,
} from './index.js';

describe('decimals', () => {
  it('round half up, away from zero, and drop trailing zeros', () => {
    expect(published(new Decimal('0.12345'), 4)).toBe('0.1235');
    expect(published(new Decimal('-0.12345'), 4)).toBe('-0.1235');
    expect(published(new Decimal('100'), 4)).toBe('100');
    expect(published(percentOf(35591, 47270)!, 4)).toBe('75.293');
  });
  it('have no percentage of nothing', () => expect(percentOf(0, 0)).toBeUndefined());
  it('agree with integer arithmetic on every ratio', () =>
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 9n), fc.bigInt(1n, 10n ** 9n), (part, whole) => {
        const scaled = (part * 100n * 10n ** 4n * 2n + whole) / (whole * 2n);
        const [units, rest] = [scaled / 10000n, (scaled % 10000n).toString().padStart(4, '0')];
        const text = `${units}.${rest}`.replace(/\.?0+$/, '');
        expect(published(percentOf(part, whole)!, 4)).toBe(text === '' ? '0' : text);
      }),
    ));
  it('are written plainly', () => {
    expect(['0', '-1.50', '12345678901234567890.5'].every(isDecimalText)).toBe(true);
    expect(['', '01', '1e5', '+1', '.5', '1.', 'NaN', ' 1'].some(isDecimalText)).toBe(false);
  });
});

describe('periods', () => {
  it('are counted in the local calendar', () => {
    expect(periodOf('2011-07-01T00:00:00-04:00', 'month')).toBe('2011-07');
    expect(periodOf('2011-07-01', 'quarter')).toBe('2011-Q3');
    expect(periodOf('2011-07-01', 'year')).toBe('2011');
    expect(cycleOf('2011-Q5')).toBeUndefined();
  });
  it('are fiscal years too, named by the years that they begin and end in', () => {
    expect(periodOf('2018-04-01', 'fiscal-year', 4)).toBe('FY2018-19');
    expect(periodOf('2019-03-31T23:59:59-04:00', 'fiscal-year', 4)).toBe('FY2018-19');
    expect(periodOf('1999-10-01', 'fiscal-year', 7)).toBe('FY1999-00');
    expect(cycleOf('FY1999-00')).toBe('fiscal-year');
    expect(['FY2018-20', 'FY2018-2019', '2018-19', 'FY2018'].map(cycleOf)).toEqual(Array(4).fill(undefined));
    expect(boundsOf('FY2018-19', 'America/Toronto', 4)).toEqual({
      from: new Date('2018-04-01T04:00:00Z'),
      to: new Date('2019-04-01T04:00:00Z'),
    });
  });
  it('have a first day, which orders periods of different cycles', () => {
    const keys = ['2018-12', 'FY2018-19', '2018-Q3', '2018'];
    expect(keys.map((key) => firstDayOf(key, 4)).sort()).toEqual([
      '2018-01-01',
      '2018-04-01',
      '2018-07-01',
      '2018-12-01',
    ]);
    expect(() => firstDayOf('2018-13')).toThrow('2018-13 is not a period');
  });
  it('hold every day that is counted into them, whatever the cycle and the start of the fiscal year', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }),
        fc.constantFrom(...reportingCycles),
        fc.integer({ min: 1, max: 12 }),
        (date, cycle, fiscalYearStart) => {
          const key = periodOf(date.toISOString(), cycle, fiscalYearStart);
          const { from, to } = boundsOf(key, 'UTC', fiscalYearStart);
          expect(cycleOf(key)).toBe(cycle);
          expect(from <= date && date < to).toBe(true);
        },
      ),
    ));
  it('are half-open and meet, over a change of daylight saving too', () => {
    const [october, november] = [boundsOf('2011-10', 'America/New_York'), boundsOf('2011-11', 'America/New_York')];
    expect(october.to).toEqual(november.from);
    expect(november.from.toISOString()).toBe('2011-11-01T04:00:00.000Z');
    expect(november.to.toISOString()).toBe('2011-12-01T05:00:00.000Z');
    expect(boundsOf('2011-Q4', 'America/New_York')).toEqual({
      from: october.from,
      to: boundsOf('2011-12', 'America/New_York').to,
    });
  });
});

describe('local times', () => {
  it('know the instant and the wall clock', () => {
    const before = inZone('2011-11-05T12:00:00', 'America/New_York');
    const after = inZone('2011-11-06T12:00:00', 'America/New_York');
    expect([before, after]).toEqual(['2011-11-05T12:00:00-04:00', '2011-11-06T12:00:00-05:00']);
    expect(instantSeconds(after) - instantSeconds(before)).toBe(25 * 3600);
    expect(wallClockSeconds(after) - wallClockSeconds(before)).toBe(24 * 3600);
  });
  it('that occur twice are taken as the earlier one', () =>
    expect(inZone('2011-11-06T01:30:00', 'America/New_York')).toBe('2011-11-06T01:30:00-04:00'));
  it('of another offset are put on the wall clock of a zone, the instant kept', () => {
    expect(onWallClock('2011-08-01T02:00:00Z', 'America/New_York')).toBe('2011-07-31T22:00:00-04:00');
    expect(onWallClock('2011-07-31T22:00:00-04:00', 'America/New_York')).toBe('2011-07-31T22:00:00-04:00');
    expect(onWallClock('2011-11-06T05:59:59Z', 'America/New_York')).toBe('2011-11-06T01:59:59-04:00');
    expect(onWallClock('2011-11-06T06:00:00Z', 'America/New_York')).toBe('2011-11-06T01:00:00-05:00');
    expect(onWallClock('2012-03-11T06:59:59Z', 'America/New_York')).toBe('2012-03-11T01:59:59-05:00');
    expect(onWallClock('2012-03-11T07:00:00Z', 'America/New_York')).toBe('2012-03-11T03:00:00-04:00');
    expect(onWallClock('2011-07-01T00:00:00Z', 'UTC')).toBe('2011-07-01T00:00:00+00:00');
    expect(onWallClock('2011-07-01T00:00:00Z', 'Asia/Kathmandu')).toBe('2011-07-01T05:45:00+05:45');
  });

  it('has the offset of its zone at every instant', () => {
    const zones = ['America/New_York', 'Africa/Casablanca', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Europe/London'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), fc.constantFrom(...zones), (seconds, zone) => {
        const instant = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
        const expected = instant.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'second' });
        expect(onWallClock(`${instant.toString({ smallestUnit: 'second' })}`, zone)).toBe(expected);
      }),
    );
  });
  it('on the wall clock of a zone are those of the calendar library, at every minute round a change', () => {
    for (let minute = -90; minute <= 90; minute++) {
      const instant = new Date(Date.parse('2011-11-06T06:00:00Z') + minute * 60_000);
      const expected = Temporal.Instant.from(instant.toISOString())
        .toZonedDateTimeISO('America/New_York')
        .toString({ timeZoneName: 'never', fractionalSecondDigits: 0 });
      expect(onWallClock(`${instant.toISOString().slice(0, 19)}Z`, 'America/New_York')).toBe(expected);
    }
  });
  it('need a calendar day and an offset', () => {
    expect(isOffsetDateTime('2024-02-29T00:00:00Z')).toBe(true);
    expect(
      ['2023-02-29T00:00:00Z', '2024-02-28T00:00:00', '2024-02-28', '2024-02-28T24:00:00Z'].some(isOffsetDateTime),
    ).toBe(false);
  });
});

describe('names and ids', () => {
  it('of streams are read back', () => {
    const id = { category: 'readings', tenant: 'boston', id: 'on-time/2011-07' };
    expect(parseStreamName(streamName(id))).toEqual(id);
    expect(['$metadata', 'nohyphen', '$ce-x/y'].map(parseStreamName)).toEqual([undefined, undefined, undefined]);
  });
  it('derived from a name are those of RFC 9562', () =>
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    ));
});

describe('rules', () => {
  const rules = defineRules('example', { aThingIsGood: 'A thing is good.', itIsNew: ['It is new.', 409] });
  it('are found by their id', () => {
    expect(rulesById().get('example/a-thing-is-good')).toEqual({
      id: 'example/a-thing-is-good',
      sentence: 'A thing is good.',
      status: 422,
    });
    expect(rules.itIsNew.status).toBe(409);
  });
  it('refuse with the sentence and the field', () => {
    const refuse = (): void => ensure(false, rules.aThingIsGood, '/thing', 'It is bad.');
    expect(refuse).toThrow(RuleViolation);
    expect(refuse).toThrow('A thing is good. It is bad.');
  });
});

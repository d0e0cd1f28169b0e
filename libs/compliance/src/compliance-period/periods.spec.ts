import { firstDayOf, periodBefore } from './periods.js';

describe('calendar periods', () => {
  it.each([
    ['2011-07', '2011-07-01', '2011-06'],
    ['2012-01', '2012-01-01', '2011-12'],
    ['2011-Q3', '2011-07-01', '2011-Q2'],
    ['2012-Q1', '2012-01-01', '2011-Q4'],
    ['2011', '2011-01-01', '2010'],
  ])('%s starts on %s and comes after %s', (key, day, before) => {
    expect(firstDayOf(key)).toBe(day);
    expect(periodBefore(key)).toBe(before);
  });
});

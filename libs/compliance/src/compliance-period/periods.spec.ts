import { periodBefore } from './periods.js';

describe('calendar periods', () => {
  it.each([
    ['2011-07', '2011-06'],
    ['2012-01', '2011-12'],
    ['2011-Q3', '2011-Q2'],
    ['2012-Q1', '2011-Q4'],
    ['2011', '2010'],
    ['FY2018-19', 'FY2017-18'],
  ])('%s comes after %s', (key, before) => expect(periodBefore(key)).toBe(before));
});

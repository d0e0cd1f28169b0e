import { mayHoldReadingsOf } from './ledgers-of-period.js';

describe('the ledgers of a period', () => {
  const ledgers = ['2006-01', '2011-06', '2011-07', '2011-08', '2011-09', '2011-10'];
  const of = (period: string, attribution: 'opening' | 'due' | 'closing') =>
    ledgers.filter((key) =>
      mayHoldReadingsOf({ key: period, fiscalYearStart: 4 }, { key, fiscalYearStart: 4 }, attribution),
    );
  it('are those of its months by opening', () => {
    expect(of('2011-07', 'opening')).toEqual(['2011-07']);
    expect(of('2011-Q3', 'opening')).toEqual(['2011-07', '2011-08', '2011-09']);
    expect(of('FY2010-11', 'opening')).toEqual([]);
    expect(of('FY2011-12', 'opening')).toEqual(ledgers.slice(1));
  });
  it('are by due date and by closing all that began before its end, however long ago', () => {
    expect(of('2011-07', 'due')).toEqual(['2006-01', '2011-06', '2011-07']);
    expect(of('2011-07', 'closing')).toEqual(['2006-01', '2011-06', '2011-07']);
  });
});

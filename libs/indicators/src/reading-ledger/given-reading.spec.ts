import { onTime } from '../indicator/indicator.examples.js';
import { lamp } from './reading-ledger.examples.js';
import { givenReading } from './given-reading.js';
import { readingLedgerRules } from './reading-ledger.rules.js';

const line = { id: lamp.id, ...lamp.content };

describe('a line of an upload', () => {
  it('is a reading of the period that its case starts in', () =>
    expect(givenReading(line, onTime)).toMatchObject({ id: lamp.id, period: '2011-07', content: lamp.content }));
  it('has its times on the wall clock of the indicator', () =>
    expect(givenReading({ ...line, startedAt: '2011-07-01T03:59:59Z' }, onTime)).toMatchObject({
      period: '2011-06',
      content: { startedAt: '2011-06-30T23:59:59-04:00' },
    }));
  it('has its dimensions in columns of their own in CSV', () => {
    const { dimensions, ...rest } = line;
    const row = { ...rest, 'dimensions.department': dimensions.department, 'dimensions.ward': dimensions.ward };
    expect(givenReading(row, onTime)).toEqual(givenReading(line, onTime));
  });
  it.each([
    ['/startedAt', 'a time without offset', { ...line, startedAt: '2011-07-01T01:32:33' }],
    ['', 'a field that nobody knows', { ...line, colour: 'red' }],
    ['/kind', 'another kind', { ...line, kind: 'guess' }],
    ['', 'no object', 'a lamp'],
  ])(`${readingLedgerRules.aLineIsAReading.sentence} Refused at '%s': %s.`, (pointer, _what, given) =>
    expect(() => givenReading(given, onTime)).toThrow(
      expect.objectContaining({ rule: readingLedgerRules.aLineIsAReading, pointer }),
    ),
  );
});

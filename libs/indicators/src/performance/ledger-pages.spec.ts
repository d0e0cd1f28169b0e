import type { RecordedEvent } from '@app/kernel';
import type { ReadingLedgerEvent } from '../reading-ledger/reading-ledger.events.js';
import { entriesOnAPage, ledgerPages, stillWithoutData, type LedgerPage } from './ledger-pages.js';

const by = 'p-clerk';
const recordedAs = ({ type, data }: ReadingLedgerEvent): RecordedEvent =>
  ({ type, data, stream: { category: 'readings', tenant: 'boston', id: 'waits/2011-07' } }) as unknown as RecordedEvent;

function pagesOf(...events: readonly ReadingLedgerEvent[]): Map<string, LedgerPage> {
  const pages = new Map<string, LedgerPage>();
  for (const event of events.map(recordedAs))
    for (const id of ledgerPages.documentIds(event))
      pages.set(id, ledgerPages.on[event.type]!(pages.get(id), event, id)!);
  return pages;
}

const value = (entry: number, text?: string): ReadingLedgerEvent => ({
  type: 'ValueRecorded',
  data: {
    entry,
    readingId: `v-${entry}`,
    period: '2011-07',
    ...(text === undefined ? {} : { value: text }),
    dimensions: { ward: String(entry) },
    flags: text === undefined ? ['no-volume'] : [],
    by,
  },
});
const of = (entry: number) => ({ entry, readingId: `v-${entry}`, by });
const first = (...events: readonly ReadingLedgerEvent[]) => pagesOf(...events).get('boston/waits/2011-07/0')!;

describe('ledger pages', () => {
  it('hold 500 entries each, by entry', () => {
    const pages = pagesOf(...Array.from({ length: entriesOnAPage + 1 }, (_, entry) => value(entry, '1')));
    expect([...pages].map(([id, { facts }]) => [id, facts.length])).toEqual([
      ['boston/waits/2011-07/0', 500],
      ['boston/waits/2011-07/1', 1],
    ]);
    expect(pages.get('boston/waits/2011-07/1')).toMatchObject({
      agency: 'boston',
      indicator: 'waits',
      facts: [{ id: 'v-500', kind: 'value', period: '2011-07', value: '1' }],
    });
  });
  it('keep a reading without volume and its flag', () =>
    expect(first(value(0)).facts).toEqual([
      { id: 'v-0', kind: 'value', period: '2011-07', dimensions: { ward: '0' }, flags: ['no-volume'] },
    ]));
  it('mark what was verified, until it is corrected', () => {
    const verified: ReadingLedgerEvent = { type: 'ReadingVerified', data: of(0) };
    expect(first(value(0, '1'), verified).facts[0]).toMatchObject({ value: '1', verified: true });
    const now = { kind: 'value' as const, value: '2', dimensions: { ward: '9' }, flags: [] };
    const corrected: ReadingLedgerEvent = {
      type: 'ReadingCorrected',
      data: { ...of(0), was: now, now, reasonCode: 'data-entry-error', reason: 'Read twice' },
    };
    expect(first(value(0, '1'), verified, corrected).facts).toEqual([
      {
        id: 'v-0',
        period: '2011-07',
        kind: 'value',
        value: '2',
        dimensions: { ward: '9' },
        flags: [],
        corrected: true,
      },
    ]);
  });
  it('keep the line of a voided reading', () => {
    const voided: ReadingLedgerEvent = { type: 'ReadingVoided', data: { ...of(0), reason: 'Twice' } };
    expect(first(value(0, '1'), value(1, '2'), voided).facts).toMatchObject([{ voided: true }, { value: '2' }]);
  });
  it('refuse a change of an entry that is not there', () =>
    expect(() => pagesOf({ type: 'ReadingVerified', data: of(0) })).toThrow('entry 0 is not on its page'));
  it('keep the newest declaration that there is no data, while no reading stands for it', () => {
    const none = (reason: string): ReadingLedgerEvent => ({
      type: 'NoDataDeclared',
      data: { dimensions: { ward: '3' }, volume: 'ND', reason, by },
    });
    const { noData, facts } = first(none('The clock broke'), none('Nobody counted'), value(0, '1'));
    expect(noData).toEqual([{ period: '2011-07', dimensions: { ward: '3' }, volume: 'ND', reason: 'Nobody counted' }]);
    expect(stillWithoutData(noData!, facts)).toEqual(noData);
    expect(stillWithoutData(noData!, [...facts, { ...facts[0]!, dimensions: { ward: '3' } }])).toEqual([]);
  });
});

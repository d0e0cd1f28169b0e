import type { ReadingLedgerEvent } from './reading-ledger.events.js';
import type { CaseReading } from './record-reading/record-reading.js';

export const lamp: CaseReading = {
  id: '101000295613',
  kind: 'case',
  startedAt: '2011-07-01T01:32:33-04:00',
  dueAt: '2011-07-15T01:32:32-04:00',
  dimensions: { department: 'PWDx', ward: 'Ward 17' },
};
export const lampRecorded: ReadingLedgerEvent = {
  type: 'CaseRecorded',
  data: {
    entry: 0,
    readingId: lamp.id,
    startedAt: lamp.startedAt,
    dueAt: lamp.dueAt,
    dimensions: { department: 'PWDx', ward: 'Ward 17' },
    flags: [],
    by: 'p-clerk',
  },
};
export const stoppedAt = '2011-07-01T05:06:58-04:00';
export const lampClosed: ReadingLedgerEvent = {
  type: 'CaseClosed',
  data: { entry: 0, readingId: lamp.id, stoppedAt, by: 'p-clerk' },
};

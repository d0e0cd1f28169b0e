import { onTime } from '../indicator/indicator.examples.js';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import type { ReadingContent, ReadingLedgerEvent } from './reading-ledger.events.js';
import type { GivenReading } from './record-reading/record-reading.js';

type Recorded<Type extends ReadingLedgerEvent['type']> = Extract<ReadingLedgerEvent, { type: Type }>;

export const capturer = 'p-clerk';
export const verifier = 'p-verifier';

const broken = {
  startedAt: '2011-07-01T01:32:33-04:00',
  dueAt: '2011-07-15T01:32:32-04:00',
  dimensions: { department: 'PWDx', ward: 'Ward 17' },
};
/** A street lamp that is out. */
export const lamp = {
  id: '101000295613',
  period: '2011-07',
  content: { kind: 'case', ...broken },
} as const satisfies GivenReading;
export const lampSaid: ReadingContent = { kind: 'case', ...broken, flags: [] };
export const lampRecorded: Recorded<'CaseRecorded'> = {
  type: 'CaseRecorded',
  data: { entry: 0, readingId: lamp.id, ...broken, flags: [], by: capturer },
};
export const stoppedAt = '2011-07-01T05:06:58-04:00';
export const lampOff: GivenReading = { ...lamp, content: { ...lamp.content, stoppedAt } };
export const lampClosed: Recorded<'CaseClosed'> = {
  type: 'CaseClosed',
  data: { entry: 0, readingId: lamp.id, stoppedAt, by: capturer },
};
export const lampVerified: ReadingLedgerEvent = {
  type: 'ReadingVerified',
  data: { entry: 0, readingId: lamp.id, by: verifier },
};
export const laterDue = '2011-07-20T01:32:32-04:00';
export const lampCorrected: ReadingLedgerEvent = {
  type: 'ReadingCorrected',
  data: {
    entry: 0,
    readingId: lamp.id,
    was: lampSaid,
    now: { ...lampSaid, dueAt: laterDue },
    reasonCode: 'data-entry-error',
    reason: 'The deadline of another street',
    by: verifier,
  },
};
export const lampVoided: ReadingLedgerEvent = {
  type: 'ReadingVoided',
  data: { entry: 0, readingId: lamp.id, reason: 'Recorded twice', by: verifier },
};
export const julyCutOff: ReadingLedgerEvent = {
  type: 'ReadingPeriodCutOff',
  data: { at: '2011-08-05T12:00:00.000Z', by: verifier },
};

export const answered: IndicatorCard = {
  ...onTime,
  title: 'Calls answered within a minute',
  kind: 'ratio',
  aggregation: 'ratio-of-sums',
};
export const calls = {
  id: 'calls-17',
  period: '2011-07',
  content: { kind: 'ratio', numerator: '542', denominator: '554', target: '80', dimensions: broken.dimensions },
} as const satisfies GivenReading;
export const callsRecorded: ReadingLedgerEvent = {
  type: 'RatioRecorded',
  data: {
    entry: 0,
    readingId: calls.id,
    period: calls.period,
    numerator: '542',
    denominator: '554',
    target: '80',
    dimensions: broken.dimensions,
    flags: [],
    by: capturer,
  },
};

export const waiting: IndicatorCard = { ...onTime, title: 'Minutes of waiting', kind: 'value', aggregation: 'mean' };
export const minutes = {
  id: 'minutes-17',
  period: '2011-07',
  content: { kind: 'value', value: '12.5', target: '15', dimensions: broken.dimensions },
} as const satisfies GivenReading;
export const minutesRecorded: ReadingLedgerEvent = {
  type: 'ValueRecorded',
  data: {
    entry: 0,
    readingId: minutes.id,
    period: minutes.period,
    value: '12.5',
    target: '15',
    dimensions: broken.dimensions,
    flags: [],
    by: capturer,
  },
};
export const noDataInWard3: ReadingLedgerEvent = {
  type: 'NoDataDeclared',
  data: { dimensions: { ward: 'Ward 3' }, volume: 'ND', reason: 'The depot burned down', by: capturer },
};

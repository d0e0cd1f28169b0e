// A small slice on the project's own parts, used where a ratio or a peer needs one that does not change with the product.
import { z } from 'zod';
import { dist } from './harness.mjs';

const { Command, defineEvents, defineRules, ensure } = await dist('libs/kernel/src/index.js');
const { handles } = await dist('libs/event-store/src/index.js');

const readingEvents = defineEvents({
  ReadingRecorded: {
    version: 1,
    schema: z.strictObject({
      readingId: z.string(),
      indicator: z.string(),
      period: z.string(),
      numerator: z.int(),
      denominator: z.int(),
      met: z.boolean(),
      late: z.boolean(),
      hours: z.int(),
    }),
  },
});

export const rules = defineRules('bench-reading', {
  theNumeratorIsNotAboveTheDenominator: 'A numerator is not above its denominator.',
  aReadingIsRecordedOnce: ['A reading is recorded once.', 409],
});

export class RecordBenchReading extends Command {}

const isKnown = ({ count, seen }, readingId) => (seen.get(readingId) ?? Infinity) < count;

export const benchReadings = (category) => ({
  category,
  events: readingEvents,
  initial: { count: 0, seen: new Map() },
  // The newest state goes on with the shared map; an older one gets a copy of what it sees.
  evolve: ({ count, seen }, { data: { readingId } }) => {
    const own = seen.size === count ? seen : new Map([...seen].filter(([, at]) => at < count));
    own.set(readingId, count);
    return { count: count + 1, seen: own };
  },
});

export function recordBenchReading({ data }, state) {
  ensure(data.numerator <= data.denominator, rules.theNumeratorIsNotAboveTheDenominator);
  ensure(!isKnown(state, data.readingId), rules.aReadingIsRecordedOnce);
  return [{ type: 'ReadingRecorded', data }];
}

export const RecordBenchReadingHandler = handles(
  RecordBenchReading,
  benchReadings('benchreadings'),
  recordBenchReading,
);

/** Metadata as the HTTP doors make it, of the same size. */
export const metadataOf = (commandId) => ({
  commandId,
  correlationId: '0af76519-16cd-43dd-8448-eb211c80319c',
  actor: {
    person: 'p-3c9d1c4b8f2a7e605d1b9c8a7f6e5d4c',
    role: 'data-capturer',
    tenant: 'boston',
    grant: 'grants-boston/p-3c9d1c4b8f2a7e605d1b9c8a7f6e5d4c',
    grantRevision: '0',
  },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  occurredAt: '2026-11-26T10:00:00.000Z',
});

export const benchReading = (run, i) => ({
  readingId: `${run}-${i}`,
  indicator: `SLA-${String(i % 20).padStart(2, '0')}`,
  period: `2025-${String(1 + (i % 12)).padStart(2, '0')}`,
  numerator: i % 50,
  denominator: 50,
  met: i % 3 > 0,
  late: i % 7 === 0,
  hours: 1 + (i % 240),
});

/** Small documents that add readings up, by whatever `keyOf` says. */
export const tallyOf = (name, keyOf) => ({
  name,
  version: 1,
  indexes: [],
  documentPerEvent: false,
  documentIds: (event) => (event.type === 'ReadingRecorded' ? [keyOf(event)] : []),
  on: {
    ReadingRecorded: (doc, { data, position }, _id) => ({
      _id,
      n: (doc?.n ?? 0) + 1,
      met: (doc?.met ?? 0) + (data.met ? 1 : 0),
      late: (doc?.late ?? 0) + (data.late ? 1 : 0),
      sumHours: (doc?.sumHours ?? 0) + data.hours,
      lastPosition: Number(position.commit),
    }),
  },
});

export const tallies = [
  tallyOf('tally-by-period', ({ data }) => `${data.indicator}|${data.period}`),
  tallyOf('tally-by-indicator', ({ data }) => data.indicator),
  tallyOf('tally-by-month', ({ data }) => data.period),
  tallyOf('tally-by-stream', ({ streamName }) => streamName),
  tallyOf('tally-by-outcome', ({ data }) => `${data.met}|${data.late}`),
];

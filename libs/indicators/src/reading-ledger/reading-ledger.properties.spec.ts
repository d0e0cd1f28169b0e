import { RuleViolation, type CommandMetadata } from '@app/kernel';
import { exampleMetadata } from '@app/testing';
import fc from 'fast-check';
import { onTime } from '../indicator/indicator.examples.js';
import { changed, factOf, type Fact } from '../performance/facts.js';
import { CorrectReading, correctReading } from './correct-reading/correct-reading.js';
import { digestOf, stopOf, type GivenContent } from './reading-content.js';
import type { ReadingContent, ReadingLedgerEvent } from './reading-ledger.events.js';
import { readingLedger, standingOf, type ReadingLedger } from './reading-ledger.state.js';
import { RecordReading, recordReading } from './record-reading/record-reading.js';
import { VerifyReading, verifyReading } from './verify-reading/verify-reading.js';
import { VoidReading, voidReading } from './void-reading/void-reading.js';

const hour = (count: number): string => `2011-07-05T${String(count).padStart(2, '0')}:00:00-04:00`;

interface Step {
  readonly verb: 'record' | 'correct' | 'verify' | 'void';
  readonly id: string;
  readonly person: string;
  readonly start: number;
  readonly stop: number | undefined;
}

const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.constantFrom('record', 'record', 'correct', 'verify', 'void'),
  id: fc.constantFrom('a', 'b', 'c'),
  person: fc.constantFrom('p-1', 'p-2', 'p-3'),
  start: fc.constantFrom(0, 0, 0, 1),
  stop: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
});

const contentOf = ({ start, stop }: Step): GivenContent => ({
  kind: 'case',
  startedAt: hour(start),
  ...(stop === undefined ? {} : { stoppedAt: hour(stop) }),
  dimensions: { department: 'PWDx', ward: 'Ward 1' },
});

/** What the readings say, by id, folded as the pages are. */
type Readings = ReadonlyMap<string, Fact & { readonly entry: number }>;

const saidBy = (readings: Readings, id: string): ReadingContent | undefined => {
  const { startedAt, stoppedAt, dimensions, flags } = (readings.get(id) ?? {}) as Extract<Fact, { kind: 'case' }>;
  if (startedAt === undefined) return undefined;
  return { kind: 'case', startedAt, ...(stoppedAt === undefined ? {} : { stoppedAt }), dimensions, flags };
};

function decided(taken: Step, ledger: ReadingLedger, readings: Readings): readonly ReadingLedgerEvent[] {
  const { verb, id, person } = taken;
  const metadata: CommandMetadata = { ...exampleMetadata, actor: { ...exampleMetadata.actor, person } };
  const at = ['boston', 'on-time/2011-07'] as const;
  const [content, reason, reasonCode, period] = [contentOf(taken), 'why', 'other', '2011-07'] as const;
  const held = { card: onTime, districtExists: true };
  switch (verb) {
    case 'record': {
      const data = { reading: { id, period, content }, retired: false, ...held };
      return recordReading(new RecordReading(...at, data, metadata), ledger, undefined);
    }
    case 'correct': {
      const data = { readingId: id, period, now: content, reasonCode, reason, was: saidBy(readings, id) };
      return correctReading(new CorrectReading(...at, data, metadata), ledger, held);
    }
    case 'verify':
      return verifyReading(new VerifyReading(...at, { readingId: id }, metadata), ledger, {});
    case 'void':
      return voidReading(new VoidReading(...at, { readingId: id, reason }, metadata), ledger, undefined);
  }
}

function folded(readings: Readings, event: ReadingLedgerEvent): Readings {
  if (!('entry' in event.data)) return readings;
  const { entry, readingId } = event.data;
  const before = readings.get(readingId);
  const after = event.type.endsWith('Recorded')
    ? factOf(event as Parameters<typeof factOf>[0])
    : changed(before!, event as Parameters<typeof changed>[1]);
  return new Map(readings).set(readingId, { ...after, entry });
}

interface Run {
  readonly events: readonly ReadingLedgerEvent[];
  readonly ledger: ReadingLedger;
  readonly readings: Readings;
}

function run(steps: readonly Step[], seen: (before: Run, taken: Step, after: Run) => void = () => undefined): Run {
  let at: Run = { events: [], ledger: readingLedger.initial, readings: new Map() };
  for (const taken of steps) {
    let events: readonly ReadingLedgerEvent[] = [];
    try {
      events = decided(taken, at.ledger, at.readings);
    } catch (refusal) {
      if (!(refusal instanceof RuleViolation)) throw refusal;
    }
    const after: Run = {
      events: [...at.events, ...events],
      ledger: events.reduce(readingLedger.evolve, at.ledger),
      readings: events.reduce(folded, at.readings),
    };
    seen(at, taken, after);
    at = after;
  }
  return at;
}

const steps = fc.array(step, { minLength: 10, maxLength: 40 });

describe('whatever is recorded, closed, corrected, verified and voided, in whatever order', () => {
  it('entries are dense, and each id is in one entry for good', () => {
    const types = new Set<string>();
    fc.assert(
      fc.property(steps, (taken) => {
        const { events } = run(taken);
        const entries = new Map<string, number>();
        let next = 0;
        for (const { type, data } of events) {
          types.add(type);
          if (!('entry' in data)) continue;
          if (type === 'CaseRecorded') {
            expect(entries.has(data.readingId)).toBe(false);
            expect(data.entry).toBe(next++);
            entries.set(data.readingId, data.entry);
          } else expect(data.entry).toBe(entries.get(data.readingId));
        }
      }),
      { numRuns: 100 },
    );
    const all = ['CaseClosed', 'CaseRecorded', 'ReadingCorrected', 'ReadingVerified', 'ReadingVoided'];
    expect([...types].sort()).toEqual(all);
  });

  it('sent twice in a row, nothing happens the second time', () =>
    fc.assert(
      fc.property(steps, (taken) => {
        const { events, ledger, readings } = run(taken);
        const last = taken.at(-1);
        if (last === undefined) return;
        try {
          expect(decided(last, ledger, readings)).toEqual([]);
        } catch (refusal) {
          expect(refusal).toBeInstanceOf(RuleViolation);
        }
        expect(run([...taken, last]).events).toEqual(events);
      }),
      { numRuns: 100 },
    ));

  it('the ledger stands at what the pages say', () =>
    fc.assert(
      fc.property(steps, (taken) => {
        const { ledger, readings } = run(taken);
        for (const [id, { entry, verified, voided }] of readings) {
          const standing = standingOf(ledger, id)!;
          const said = saidBy(readings, id)!;
          expect(standing).toMatchObject({ entry, content: digestOf(said) });
          expect(standing.stoppedAt).toBe(stopOf(said));
          expect(standing.status).toBe(voided ? 'voided' : verified ? 'verified' : 'recorded');
        }
        expect(ledger.entries).toBe(readings.size);
      }),
      { numRuns: 100 },
    ));

  it('an older state still sees what it saw', () =>
    fc.assert(
      fc.property(steps, (taken) => {
        const kept: [ReadingLedger, string][] = [];
        const view = (ledger: ReadingLedger): string =>
          JSON.stringify(['a', 'b', 'c'].map((id) => standingOf(ledger, id) ?? null));
        run(taken, (_before, _taken, { ledger }) => kept.push([ledger, view(ledger)]));
        for (const [ledger, seen] of kept) expect(view(ledger)).toBe(seen);
      }),
      { numRuns: 100 },
    ));

  it('nobody ever verifies, corrects or voids what they captured', () =>
    fc.assert(
      fc.property(steps, (taken) => {
        const capturers = new Map<string, Set<string>>();
        for (const { type, data } of run(taken).events) {
          if (!('entry' in data)) continue;
          const people = capturers.get(data.readingId) ?? new Set();
          capturers.set(data.readingId, people);
          if (type === 'CaseRecorded' || type === 'CaseClosed') people.add(data.by);
          else expect(people.has(data.by)).toBe(false);
        }
      }),
      { numRuns: 100 },
    ));
});

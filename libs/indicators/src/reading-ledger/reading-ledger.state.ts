import { PersistentMap, unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import { digestOf, scopeOf, stopOf, type Dimensions, type GivenContent } from './reading-content.js';
import { readingLedgerEvents, type ReadingLedgerEvent, type Volume } from './reading-ledger.events.js';

/** What a reading stands at. */
export interface Standing {
  readonly entry: number;
  /** Verified as it stands: a closing or a correction makes it `recorded` again. */
  readonly status: 'recorded' | 'verified' | 'voided';
  /** Digest of all but the stop. */
  readonly content: string;
  readonly stoppedAt?: string;
  /** Digest and stop as they were last captured, whatever has been corrected since. */
  readonly source: string;
  readonly sourceStop?: string;
  /** Its dimensions, as `scopeOf` writes them. */
  readonly scope: string;
  /** Who recorded and who closed it. */
  readonly capturedBy: readonly string[];
  /** Who corrected it last. */
  readonly correctedBy?: string;
}

/** Texts and lists that many readings have in common are kept once. */
interface Shared {
  readonly scopes: Map<string, string>;
  readonly capturers: Map<string, readonly string[]>;
}

/** It counts while no reading stands for its dimensions. */
export interface NoData {
  readonly dimensions: Dimensions;
  readonly volume: Volume;
  readonly reason: string;
}

export interface ReadingLedger {
  readonly entries: number;
  /** By reading id. */
  readonly standings: PersistentMap<Standing>;
  /** Absent while there is none. */
  readonly shared?: Shared;
  readonly noData: readonly NoData[];
  readonly cutOffAt?: string;
}

type RecordingEvent = Extract<ReadingLedgerEvent, { type: 'CaseRecorded' | 'RatioRecorded' | 'ValueRecorded' }>;
type ChangingEvent = Extract<
  ReadingLedgerEvent,
  { type: 'CaseClosed' | 'ReadingVerified' | 'ReadingCorrected' | 'ReadingVoided' }
>;

/** Stream id of the ledger of an indicator for a period. */
export const ledgerId = (indicator: string, period: PeriodKey): string => `${indicator}/${period}`;

export const standingOf = ({ standings }: ReadingLedger, readingId: string): Standing | undefined =>
  standings.get(readingId);

/** True when a reading that is not voided has these values in these dimensions; a dimension left out has any. */
export function aReadingStandsFor(ledger: ReadingLedger, dimensions: Dimensions): boolean {
  const wanted = Object.entries(dimensions);
  const known = new Map<string, boolean>();
  const matches = (scope: string): boolean => {
    const values = new Map(JSON.parse(scope) as [string, string][]);
    return wanted.every(([name, value]) => (values.get(name) ?? '') === value);
  };
  for (const [, { status, scope }] of ledger.standings) {
    if (status === 'voided') continue;
    const match = known.get(scope) ?? matches(scope);
    if (match) return true;
    known.set(scope, match);
  }
  return false;
}

const nothingShared = (): Shared => ({ scopes: new Map(), capturers: new Map() });

export const readingLedger: Aggregate<ReadingLedger, ReadingLedgerEvent> = {
  category: 'readings',
  events: readingLedgerEvents,
  initial: { entries: 0, standings: PersistentMap.empty(), noData: [] },
  evolve: (ledger, event) => {
    switch (event.type) {
      case 'CaseRecorded':
        return recorded(ledger, event, { kind: 'case', ...event.data });
      case 'RatioRecorded':
        return recorded(ledger, event, { kind: 'ratio', ...event.data });
      case 'ValueRecorded':
        return recorded(ledger, event, { kind: 'value', ...event.data });
      case 'CaseClosed':
      case 'ReadingVerified':
      case 'ReadingCorrected':
      case 'ReadingVoided':
        return changed(ledger, event);
      case 'NoDataDeclared': {
        const { dimensions, volume, reason } = event.data;
        const others = ledger.noData.filter((one) => scopeOf(one.dimensions) !== scopeOf(dimensions));
        return { ...ledger, noData: [...others, { dimensions, volume, reason }] };
      }
      case 'ReadingPeriodCutOff':
        return { ...ledger, cutOffAt: event.data.at };
      default:
        return unhandled(event);
    }
  },
};

function keptOnce<Value>(values: Map<string, Value>, key: string, value: Value): Value {
  const known = values.get(key);
  if (known === undefined) values.set(key, value);
  return known ?? value;
}

function recorded(
  ledger: ReadingLedger,
  { data: { entry, readingId, by } }: RecordingEvent,
  content: GivenContent,
): ReadingLedger {
  const { standings, shared = nothingShared() } = ledger;
  const scope = scopeOf(content.dimensions);
  const digest = digestOf(content, scope);
  const stoppedAt = stopOf(content);
  const standing: Standing = {
    entry,
    status: 'recorded',
    content: digest,
    source: digest,
    ...(stoppedAt === undefined ? {} : { stoppedAt, sourceStop: stoppedAt }),
    scope: keptOnce(shared.scopes, scope, scope),
    capturedBy: keptOnce(shared.capturers, by, [by]),
  };
  return { ...ledger, entries: entry + 1, standings: standings.with(readingId, standing), shared };
}

function changed(ledger: ReadingLedger, event: ChangingEvent): ReadingLedger {
  const { standings, shared = nothingShared() } = ledger;
  const { readingId } = event.data;
  const before = standings.get(readingId);
  if (before === undefined) throw new Error(`reading ${readingId} is not in the ledger`);
  return { ...ledger, standings: standings.with(readingId, after(before, event, shared)), shared };
}

function after(before: Standing, event: ChangingEvent, { scopes, capturers }: Shared): Standing {
  switch (event.type) {
    case 'CaseClosed': {
      const { stoppedAt, by } = event.data;
      const people = before.capturedBy.includes(by) ? before.capturedBy : [...before.capturedBy, by];
      const capturedBy = keptOnce(capturers, people.join(' '), people);
      return { ...before, status: 'recorded', stoppedAt, sourceStop: stoppedAt, capturedBy };
    }
    case 'ReadingVerified':
      return { ...before, status: 'verified' };
    case 'ReadingCorrected': {
      const { now, by } = event.data;
      const { stoppedAt: _stoppedAt, ...rest } = before;
      const stoppedAt = stopOf(now);
      const scope = scopeOf(now.dimensions);
      return {
        ...rest,
        status: 'recorded',
        content: digestOf(now, scope),
        ...(stoppedAt === undefined ? {} : { stoppedAt }),
        scope: keptOnce(scopes, scope, scope),
        correctedBy: by,
      };
    }
    case 'ReadingVoided':
      return { ...before, status: 'voided' };
    default:
      return unhandled(event);
  }
}

import { unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import { digestOf, scopeOf, stopOf, type Dimensions, type GivenContent } from './reading-content.js';
import { readingLedgerEvents, type ReadingLedgerEvent, type Volume } from './reading-ledger.events.js';

/** What a reading stands at, as of one event of the ledger. */
export interface Standing {
  /** Number of the event that made it so. */
  readonly since: number;
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

/** Grows with the newest state; older states see only what was there at their event count. */
interface Journal {
  events: number;
  readonly standings: Map<string, Standing[]>;
  readonly shared: Shared;
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
  readonly events: number;
  readonly entries: number;
  readonly journal: Journal;
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

export const standingOf = ({ journal, events }: ReadingLedger, readingId: string): Standing | undefined =>
  journal.standings.get(readingId)?.findLast(({ since }) => since < events);

/** True when a reading that is not voided has these values in these dimensions; a dimension left out has any. */
export function aReadingStandsFor(ledger: ReadingLedger, dimensions: Dimensions): boolean {
  const wanted = Object.entries(dimensions);
  const known = new Map<string, boolean>();
  const matches = (scope: string): boolean => {
    const values = new Map(JSON.parse(scope) as [string, string][]);
    return wanted.every(([name, value]) => (values.get(name) ?? '') === value);
  };
  for (const readingId of ledger.journal.standings.keys()) {
    const standing = standingOf(ledger, readingId);
    if (standing === undefined || standing.status === 'voided') continue;
    const { scope } = standing;
    const match = known.get(scope) ?? matches(scope);
    if (match) return true;
    known.set(scope, match);
  }
  return false;
}

const newJournal = (): Journal => ({
  events: 0,
  standings: new Map(),
  shared: { scopes: new Map(), capturers: new Map() },
});

/** The newest state appends to the shared journal; any other one gets a copy of what it sees. */
function journalOf({ journal, events }: ReadingLedger): Journal {
  if (events === 0) return newJournal();
  if (journal.events === events) return journal;
  const standings = new Map<string, Standing[]>();
  for (const [id, all] of journal.standings) {
    const seen = all.filter(({ since }) => since < events);
    if (seen.length > 0) standings.set(id, seen);
  }
  return { events, standings, shared: journal.shared };
}

function later(ledger: ReadingLedger, journal: Journal, change: Partial<ReadingLedger>): ReadingLedger {
  journal.events += 1;
  return { ...ledger, ...change, events: journal.events, journal };
}

export const readingLedger: Aggregate<ReadingLedger, ReadingLedgerEvent> = {
  category: 'readings',
  events: readingLedgerEvents,
  initial: { events: 0, entries: 0, journal: newJournal(), noData: [] },
  evolve: (ledger, event) => {
    const journal = journalOf(ledger);
    switch (event.type) {
      case 'CaseRecorded':
        return recorded(ledger, journal, event, { kind: 'case', ...event.data });
      case 'RatioRecorded':
        return recorded(ledger, journal, event, { kind: 'ratio', ...event.data });
      case 'ValueRecorded':
        return recorded(ledger, journal, event, { kind: 'value', ...event.data });
      case 'CaseClosed':
      case 'ReadingVerified':
      case 'ReadingCorrected':
      case 'ReadingVoided':
        return changed(ledger, journal, event);
      case 'NoDataDeclared': {
        const { dimensions, volume, reason } = event.data;
        const others = ledger.noData.filter((one) => scopeOf(one.dimensions) !== scopeOf(dimensions));
        return later(ledger, journal, { noData: [...others, { dimensions, volume, reason }] });
      }
      case 'ReadingPeriodCutOff':
        return later(ledger, journal, { cutOffAt: event.data.at });
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
  journal: Journal,
  { data: { entry, readingId, by } }: RecordingEvent,
  content: GivenContent,
): ReadingLedger {
  const { scopes, capturers } = journal.shared;
  const scope = scopeOf(content.dimensions);
  const digest = digestOf(content, scope);
  const stoppedAt = stopOf(content);
  const standing: Standing = {
    since: ledger.events,
    entry,
    status: 'recorded',
    content: digest,
    source: digest,
    ...(stoppedAt === undefined ? {} : { stoppedAt, sourceStop: stoppedAt }),
    scope: keptOnce(scopes, scope, scope),
    capturedBy: keptOnce(capturers, by, [by]),
  };
  journal.standings.set(readingId, [standing]);
  return later(ledger, journal, { entries: entry + 1 });
}

function changed(ledger: ReadingLedger, journal: Journal, event: ChangingEvent): ReadingLedger {
  const all = journal.standings.get(event.data.readingId);
  const before = all?.at(-1);
  if (all === undefined || before === undefined)
    throw new Error(`reading ${event.data.readingId} is not in the ledger`);
  all.push({ ...after(before, event, journal.shared), since: ledger.events });
  return later(ledger, journal, {});
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

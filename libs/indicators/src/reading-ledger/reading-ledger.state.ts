import { createHash } from 'node:crypto';
import { Decimal, unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import {
  readingLedgerEvents,
  type ReadingContent,
  type ReadingLedgerEvent,
  type Volume,
} from './reading-ledger.events.js';
import { isReadingEvent, type ReadingEvent } from './reading.js';

/** What a reading stands at, as of one event of the ledger. */
export interface Standing {
  /** Number of the event that made it so. */
  readonly since: number;
  readonly entry: number;
  readonly status: 'recorded' | 'verified' | 'voided';
  /** Digest of all but the stop. */
  readonly content: string;
  readonly stoppedAt?: string;
  /** Its dimensions, as {@link scopeOf} writes them. */
  readonly scope: string;
  /** Digest and stop as they were last captured, whatever has been corrected since. */
  readonly source: string;
  readonly sourceStop?: string;
  /** Who recorded and who closed it. */
  readonly capturedBy: readonly string[];
  readonly correctedBy?: string;
}

/** Grows with the newest state; older states see only what was there at their event count. */
interface Journal {
  events: number;
  readonly standings: Map<string, Standing[]>;
  /** Texts and lists that many readings have in common are kept once. */
  readonly shared: Shared;
}

interface Shared {
  readonly scopes: Map<string, string>;
  readonly capturers: Map<string, readonly string[]>;
}

export interface NoData {
  readonly dimensions: Readonly<Record<string, string>>;
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

type Unflagged<Content> = Content extends ReadingContent ? Omit<Content, 'flags'> : never;

/** What a reading says, before it is looked over for oddities. */
export type GivenContent = Unflagged<ReadingContent>;

/** Stream id of the ledger of an indicator for a period. */
export const ledgerId = (indicator: string, period: PeriodKey): string => `${indicator}/${period}`;

/** Dimensions as one text, whatever the order that they were given in. */
export const scopeOf = (dimensions: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    Object.keys(dimensions)
      .sort()
      .map((name) => [name, dimensions[name]]),
  );

const plain = (decimal: string | undefined): string | null =>
  decimal === undefined ? null : new Decimal(decimal).toString();

function partsOf(content: GivenContent): readonly (string | null)[] {
  switch (content.kind) {
    case 'case':
      return [content.startedAt, content.dueAt ?? null];
    case 'ratio':
      return [plain(content.numerator), plain(content.denominator), plain(content.target)];
    case 'value':
      return [plain(content.value), plain(content.target)];
    default:
      return unhandled(content);
  }
}

/** Digest of what a reading says, the stop of a case apart. */
export function contentOf(content: GivenContent): string {
  const text = JSON.stringify([content.kind, ...partsOf(content), scopeOf(content.dimensions)]);
  return createHash('sha1').update(text).digest('base64url').slice(0, 16);
}

export const stopOf = (content: GivenContent): string | undefined =>
  content.kind === 'case' ? content.stoppedAt : undefined;

export const standingOf = ({ journal, events }: ReadingLedger, readingId: string): Standing | undefined =>
  journal.standings.get(readingId)?.findLast(({ since }) => since < events);

/** True when a reading that is not voided has these values in these dimensions. */
export function aReadingStandsFor(ledger: ReadingLedger, dimensions: Readonly<Record<string, string>>): boolean {
  const wanted = Object.entries(dimensions);
  const verdicts = new Map<string, boolean>();
  const matches = (scope: string): boolean => {
    const has = new Map(JSON.parse(scope) as [string, string][]);
    return wanted.every(([name, value]) => (has.get(name) ?? '') === value);
  };
  for (const readingId of ledger.journal.standings.keys()) {
    const standing = standingOf(ledger, readingId);
    if (standing === undefined || standing.status === 'voided') continue;
    const { scope } = standing;
    if (!verdicts.has(scope)) verdicts.set(scope, matches(scope));
    if (verdicts.get(scope)!) return true;
  }
  return false;
}

const kept = <Value>(values: Map<string, Value>, key: string, value: Value): Value => {
  const known = values.get(key);
  if (known !== undefined) return known;
  values.set(key, value);
  return value;
};

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

function evolveReadings(ledger: ReadingLedger, event: ReadingEvent): ReadingLedger {
  const journal = journalOf(ledger);
  const { readingId } = event.data;
  const standing = { ...standingAfter(journal, event), since: ledger.events };
  const before = journal.standings.get(readingId);
  if (before === undefined) journal.standings.set(readingId, [standing]);
  else before.push(standing);
  return later(ledger, journal, { entries: Math.max(ledger.entries, standing.entry + 1) });
}

const newJournal = (): Journal => ({
  events: 0,
  standings: new Map(),
  shared: { scopes: new Map(), capturers: new Map() },
});

export const readingLedger: Aggregate<ReadingLedger, ReadingLedgerEvent> = {
  category: 'readings',
  events: readingLedgerEvents,
  initial: { events: 0, entries: 0, journal: newJournal(), noData: [] },
  evolve: (ledger, event) => {
    if (isReadingEvent(event)) return evolveReadings(ledger, event);
    switch (event.type) {
      case 'NoDataDeclared': {
        const { dimensions, volume, reason } = event.data;
        const others = ledger.noData.filter((one) => scopeOf(one.dimensions) !== scopeOf(dimensions));
        return later(ledger, journalOf(ledger), { noData: [...others, { dimensions, volume, reason }] });
      }
      case 'ReadingPeriodCutOff':
        return later(ledger, journalOf(ledger), { cutOffAt: event.data.at });
      default:
        return unhandled(event);
    }
  },
};

function standingAfter({ standings, shared }: Journal, event: ReadingEvent): Omit<Standing, 'since'> {
  switch (event.type) {
    case 'CaseRecorded':
      return captured(shared, event.data, { kind: 'case', ...event.data });
    case 'RatioRecorded':
      return captured(shared, event.data, { kind: 'ratio', ...event.data });
    case 'ValueRecorded':
      return captured(shared, event.data, { kind: 'value', ...event.data });
    default: {
      const before = standings.get(event.data.readingId)?.at(-1);
      if (before === undefined) throw new Error(`reading ${event.data.readingId} is not in the ledger`);
      return changed(shared, before, event);
    }
  }
}

function captured(
  shared: Shared,
  { entry, by }: { readonly entry: number; readonly by: string },
  content: GivenContent,
): Omit<Standing, 'since'> {
  const scope = scopeOf(content.dimensions);
  const digest = contentOf(content);
  const stoppedAt = stopOf(content);
  return {
    entry,
    status: 'recorded',
    content: digest,
    source: digest,
    ...(stoppedAt === undefined ? {} : { stoppedAt, sourceStop: stoppedAt }),
    scope: kept(shared.scopes, scope, scope),
    capturedBy: kept(shared.capturers, by, [by]),
  };
}

function changed(
  shared: Shared,
  { since: _since, ...before }: Standing,
  event: Exclude<ReadingEvent, { type: 'CaseRecorded' | 'RatioRecorded' | 'ValueRecorded' }>,
): Omit<Standing, 'since'> {
  switch (event.type) {
    case 'CaseClosed': {
      const { stoppedAt, by } = event.data;
      const people = before.capturedBy.includes(by) ? before.capturedBy : [...before.capturedBy, by];
      const capturedBy = kept(shared.capturers, people.join(' '), people);
      return { ...before, status: 'recorded', stoppedAt, sourceStop: stoppedAt, capturedBy };
    }
    case 'ReadingVerified':
      return { ...before, status: 'verified' };
    case 'ReadingCorrected': {
      const { now, by } = event.data;
      const { stoppedAt: _before, ...rest } = before;
      const stoppedAt = stopOf(now);
      const scope = scopeOf(now.dimensions);
      return {
        ...rest,
        status: 'recorded',
        content: contentOf(now),
        ...(stoppedAt === undefined ? {} : { stoppedAt }),
        scope: kept(shared.scopes, scope, scope),
        correctedBy: by,
      };
    }
    case 'ReadingVoided':
      return { ...before, status: 'voided' };
    default:
      return unhandled(event);
  }
}

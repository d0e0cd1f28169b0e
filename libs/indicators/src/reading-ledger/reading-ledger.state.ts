import { createHash } from 'node:crypto';
import { unhandled, type Aggregate } from '@app/kernel';
import { readingLedgerEvents, type ReadingLedgerEvent } from './reading-ledger.events.js';

/** What a reading stands at, as of one event of the ledger. */
interface Standing {
  /** Number of the event that made it so. */
  readonly since: number;
  readonly entry: number;
  /** Digest of all but the stop. */
  readonly content: string;
  readonly stoppedAt?: string;
}

/** Grows with the newest state; older states see only what was there at their event count. */
interface Journal {
  events: number;
  readonly standings: Map<string, Standing[]>;
}

export interface ReadingLedger {
  readonly events: number;
  readonly entries: number;
  readonly journal: Journal;
}

export interface CaseContent {
  readonly startedAt: string;
  readonly dueAt?: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Digest of what a case says, its stop apart. */
export function contentOf({ startedAt, dueAt, dimensions }: CaseContent): string {
  const names = Object.keys(dimensions).sort();
  const text = JSON.stringify([startedAt, dueAt ?? null, names.map((name) => [name, dimensions[name]])]);
  return createHash('sha1').update(text).digest('base64url').slice(0, 16);
}

export const standingOf = ({ journal, events }: ReadingLedger, readingId: string): Standing | undefined =>
  journal.standings.get(readingId)?.findLast(({ since }) => since < events);

/** The newest state appends to the shared journal; any other one gets a copy of what it sees. */
function journalOf({ journal, events }: ReadingLedger): Journal {
  if (journal.events === events) return journal;
  const standings = new Map<string, Standing[]>();
  for (const [id, all] of journal.standings) {
    const seen = all.filter(({ since }) => since < events);
    if (seen.length > 0) standings.set(id, seen);
  }
  return { events, standings };
}

function stands(ledger: ReadingLedger, readingId: string, standing: Omit<Standing, 'since'>): ReadingLedger {
  const journal = journalOf(ledger);
  const next = { ...standing, since: ledger.events };
  const before = journal.standings.get(readingId);
  if (before === undefined) journal.standings.set(readingId, [next]);
  else before.push(next);
  journal.events += 1;
  return { events: journal.events, entries: Math.max(ledger.entries, standing.entry + 1), journal };
}

export const readingLedger: Aggregate<ReadingLedger, ReadingLedgerEvent> = {
  category: 'readings',
  events: readingLedgerEvents,
  initial: { events: 0, entries: 0, journal: { events: 0, standings: new Map() } },
  evolve: (ledger, event) => {
    switch (event.type) {
      case 'CaseRecorded': {
        const { readingId, entry, stoppedAt } = event.data;
        const content = contentOf(event.data);
        return stands(ledger, readingId, { entry, content, ...(stoppedAt === undefined ? {} : { stoppedAt }) });
      }
      case 'CaseClosed': {
        const { readingId, entry, stoppedAt } = event.data;
        const content = standingOf(ledger, readingId)?.content ?? '';
        return stands(ledger, readingId, { entry, content, stoppedAt });
      }
      default:
        return unhandled(event);
    }
  },
};

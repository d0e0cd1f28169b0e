import { unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import { readingIdsEvents, type ReadingIdsEvent } from './reading-ids.events.js';

/** The period that an id may be recorded in. */
export interface Claim {
  readonly period: PeriodKey;
  readonly at: string;
  /** Number of the event that made it. */
  readonly since: number;
  readonly before?: Claim;
}

/** Grows with the newest state; older states see only what was there at their event count. */
interface Journal {
  events: number;
  readonly claims: Map<string, Claim>;
}

export interface ReadingIds {
  readonly events: number;
  readonly journal: Journal;
}

const seenBy = (events: number, newest: Claim | undefined): Claim | undefined => {
  let claim = newest;
  while (claim !== undefined && claim.since >= events) claim = claim.before;
  return claim;
};

export const claimOf = ({ journal, events }: ReadingIds, id: string): Claim | undefined =>
  seenBy(events, journal.claims.get(id));

/** The newest state appends to the shared journal; any other one gets a copy of what it sees. */
function journalOf({ journal, events }: ReadingIds): Journal {
  if (events > 0 && journal.events === events) return journal;
  const claims = new Map<string, Claim>();
  for (const [id, newest] of journal.claims) {
    const claim = seenBy(events, newest);
    if (claim !== undefined) claims.set(id, claim);
  }
  return { events, claims };
}

/** One stream per indicator: `readingids-boston/on-time`. What two ledgers must not both have is decided here. */
export const readingIds: Aggregate<ReadingIds, ReadingIdsEvent> = {
  category: 'readingids',
  events: readingIdsEvents,
  initial: { events: 0, journal: { events: 0, claims: new Map() } },
  evolve: (state, event) => {
    switch (event.type) {
      case 'ReadingIdsClaimed': {
        const journal = journalOf(state);
        const { period, ids, at } = event.data;
        const claim: Claim = { period, at, since: state.events };
        for (const id of ids) {
          const before = journal.claims.get(id);
          journal.claims.set(id, before === undefined ? claim : { ...claim, before });
        }
        journal.events += 1;
        return { events: journal.events, journal };
      }
      default:
        return unhandled(event.type);
    }
  },
};

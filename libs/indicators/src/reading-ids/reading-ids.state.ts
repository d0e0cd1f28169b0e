import { PersistentMap, unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import { readingIdsEvents, type ReadingIdsEvent } from './reading-ids.events.js';

/** The period that an id may be recorded in. */
export interface Claim {
  readonly period: PeriodKey;
  readonly at: string;
  /** Number of the event that made it. */
  readonly since: number;
}

export interface ReadingIds {
  readonly events: number;
  /** By reading id. */
  readonly claims: PersistentMap<Claim>;
}

export const claimOf = ({ claims }: ReadingIds, id: string): Claim | undefined => claims.get(id);

/** One stream per indicator: `readingids-boston/on-time`. What two ledgers must not both have is decided here. */
export const readingIds: Aggregate<ReadingIds, ReadingIdsEvent> = {
  category: 'readingids',
  events: readingIdsEvents,
  initial: { events: 0, claims: PersistentMap.empty() },
  evolve: ({ events, claims }, event) => {
    switch (event.type) {
      case 'ReadingIdsClaimed': {
        const { period, ids, at } = event.data;
        const claim: Claim = { period, at, since: events };
        return { events: events + 1, claims: ids.reduce((made, id) => made.with(id, claim), claims) };
      }
      default:
        return unhandled(event.type);
    }
  },
};

import { eventTypeFilter, type Filter } from '@eventstore/db-client';

/** Begins the type of what we store beside events: it is kept out of subscriptions, as the server's own `$` types are. */
export const besideEvents = '~';

export const isFollowed = (type: string): boolean => !type.startsWith('$') && !type.startsWith(besideEvents);

/** In units of 32 events that the server looked at. */
const checkpointInterval = 32;

/** Those of `types`, which are words, or else everything that is ours. */
export const followedEvents = (checkpointReached: Filter['checkpointReached'], types?: readonly string[]): Filter =>
  eventTypeFilter({
    regex: types === undefined ? `^[^$${besideEvents}]` : `^(${types.join('|')})$`,
    checkpointInterval,
    checkpointReached,
  });

import { eventTypeFilter, type Filter } from '@eventstore/db-client';

/** Begins the type of what we store beside events: it is kept out of subscriptions, as the server's own `$` types are. */
export const besideEvents = '~';

export const isFollowed = (type: string): boolean => !type.startsWith('$') && !type.startsWith(besideEvents);

/** In units of 32 events that the server looked at. */
const checkpointInterval = 32;

export const followedEvents = (checkpointReached: Filter['checkpointReached']): Filter =>
  eventTypeFilter({ regex: `^[^$${besideEvents}]`, checkpointInterval, checkpointReached });

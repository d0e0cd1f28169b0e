import type { ReadingIdsEvent } from './reading-ids.events.js';

export const julyClaimed: ReadingIdsEvent = {
  type: 'ReadingIdsClaimed',
  data: { period: '2011-07', ids: ['lamp', 'pothole'], at: '2026-01-05T09:00:00Z' },
};

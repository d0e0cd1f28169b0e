import type { AggregateReader } from '@app/event-store';
import { streamName, type DomainEvent } from '@app/kernel';

/** Facts of streams that are given as they are: by stream name. */
export const readerOf = (streams: Readonly<Record<string, readonly DomainEvent[]>>): AggregateReader => ({
  load: async ({ category, initial, evolve }, tenant, id) => {
    const events = (streams[streamName({ category, tenant, id })] ?? []) as Parameters<typeof evolve>[1][];
    return { state: events.reduce(evolve, initial), revision: BigInt(events.length - 1) };
  },
});

import { randomUUID } from 'node:crypto';
import { Command, defineEvents, uuidV5, type Aggregate, type CommandMetadata, type EventOf } from '@app/kernel';
import { EventStoreDBClient } from '@eventstore/db-client';
import { z } from 'zod';
import { Codec, type EncodedEvent } from '../src/codec.js';

export const noteEvents = defineEvents({
  NoteTaken: { version: 1, schema: z.object({ text: z.string() }) },
  NoteRated: {
    version: 3,
    schema: z.object({ stars: z.int(), scale: z.int() }),
    upcasters: { 1: ({ points }) => ({ stars: points }), 2: (data) => ({ ...data, scale: 5 }) },
  },
});

export type NoteEvent = EventOf<typeof noteEvents>;

export interface Notes {
  readonly texts: readonly string[];
}

export const notes: Aggregate<Notes, NoteEvent> = {
  category: 'notes',
  events: noteEvents,
  initial: { texts: [] },
  evolve: (state, event) => (event.type === 'NoteTaken' ? { texts: [...state.texts, event.data.text] } : state),
};

/** The same notes, with a snapshot every ten events. */
export const notesWithSnapshots: Aggregate<Notes, NoteEvent> = {
  ...notes,
  snapshot: { version: 1, every: 10, encode: (state) => state, decode: (stored) => stored as Notes },
};

export class TakeNote extends Command<{ readonly text: string }> {}

/** A text that is there already is nothing to do; `refuse` is refused; `a|b` is two notes. */
export const takeNote = ({ data }: TakeNote, { texts }: Notes): readonly NoteEvent[] => {
  if (data.text === 'refuse') throw new Error('refused');
  return data.text
    .split('|')
    .filter((text) => !texts.includes(text))
    .map((text) => ({ type: 'NoteTaken', data: { text } }));
};

export const aCommandId = (text: string): string => uuidV5('6f0c3a52-5a0f-5c7e-9d3b-7d1b6a0f2e11', text);

export const metadataOf = (commandId: string, expectedRevision?: bigint): CommandMetadata => ({
  commandId,
  correlationId: commandId,
  actor: { person: 'a digest', role: 'data-capturer', tenant: 'boston', grant: 'g-1', grantRevision: '0' },
  occurredAt: '2011-07-01T00:00:00Z',
  ...(expectedRevision === undefined ? {} : { expectedRevision }),
});

/** Each spec has streams of its own, so that any store can be used again and again. */
export const aTenant = (): string => `spec${randomUUID().slice(0, 8)}`;

export const take = (tenant: string, id: string, text: string, expectedRevision?: bigint): TakeNote =>
  new TakeNote(tenant, id, { text }, metadataOf(aCommandId(`${tenant} ${id} ${text}`), expectedRevision));

export const encoded = (commandId: string, ...texts: readonly string[]): EncodedEvent[] => {
  const codec = new Codec();
  return texts.map((text, index) => codec.encode({ type: 'NoteTaken', data: { text } }, metadataOf(commandId), index));
};

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Waits for what comes in its own time, and says what did not come. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  milliseconds = 15_000,
): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A client as another application would use it. */
export function aForeignClient(url: string): { client: EventStoreDBClient; dispose: () => Promise<void> } {
  const client = EventStoreDBClient.connectionString(url);
  const dispose = (): Promise<void> => {
    const enough = new Promise<void>((resolve) => setTimeout(resolve, 500));
    return Promise.race([client.dispose(), enough]);
  };
  return { client, dispose };
}

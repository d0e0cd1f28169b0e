import { EventStoreDBClient, jsonEvent, type JSONEventData, type JSONEventType } from '@eventstore/db-client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type SpecEvent = JSONEventType<string, { value: number | string }>;

export const anEvent = (value: number | string, type = 'ReadingRecorded', id?: string): JSONEventData<SpecEvent> =>
  jsonEvent<SpecEvent>({ type, data: { value }, ...(id !== undefined && { id }) });

export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'embedded-eventstore-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** A client whose dispose, which can hang after a lost connection, is not waited for longer than a second. */
export function aClient(connectionString: string): { client: EventStoreDBClient; dispose: () => Promise<void> } {
  const client = EventStoreDBClient.connectionString(connectionString);
  return { client, dispose: () => disposeSoon(client) };
}

export async function disposeSoon(client: EventStoreDBClient): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((done) => (timer = setTimeout(done, 1000)));
  await Promise.race([client.dispose().catch(() => {}), enough]);
  clearTimeout(timer);
}

export async function valuesOf(client: EventStoreDBClient, stream: string): Promise<(number | string)[]> {
  const values: (number | string)[] = [];
  for await (const { event } of client.readStream<SpecEvent>(stream))
    if (event !== undefined) values.push(event.data.value);
  return values;
}

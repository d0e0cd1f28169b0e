import { BACKWARDS, END, type EventStoreDBClient } from '@eventstore/db-client';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requestScavenge } from '../src/request-scavenge.js';
import { verifyFolder } from '../src/storage/verify.js';
import { eventStoreProgram } from './event-store-program.js';
import { aClient, anEvent, valuesOf } from './given.js';

const STREAMS = Array.from({ length: 20 }, (_, index) => `stream-${index}`);
/** Of every stream but the last, which keeps all that it is given. */
const KEPT = 5;
const EVENTS = 200;
const KILLS = 3;

const soon = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

interface Running {
  readonly child: ChildProcess;
  readonly says: string;
  readonly client: EventStoreDBClient;
  readonly dispose: () => Promise<void>;
}

/** A folder that is scavenged by a process that is killed at it again and again, while somebody appends. */
export class KilledScavenge {
  readonly program = eventStoreProgram();
  /** How often a kill found a scavenge unfinished, and how often a segment that was half written again. */
  readonly interrupted = { scavenges: 0, segments: 0 };
  readonly #acknowledged: string[] = [];
  #starts = 0;

  /** Fills another segment, kills its scavenge, and tells what is wrong before and after a later process ends it. */
  async round(longestMs: number): Promise<string[]> {
    const filled = await this.#started();
    await this.#fill(filled.client);
    const readable = await readableIn(filled.client);
    const writing = this.#write(filled.client);
    const scavenge = await requestScavenge(filled.says);
    const wrong = await this.#killed(filled, longestMs);
    await writing;
    for (let kill = 1; kill < KILLS; kill++) wrong.push(...(await this.#killed(await this.#started(), longestMs)));
    const last = await this.#started();
    wrong.push(...differences(readable, await readableIn(last.client)));
    while (existsSync(join(this.program.dataDir, 'scavenge-running.txt'))) await soon(10);
    wrong.push(...differences(readable, await readableIn(last.client)), ...(await disorder(last.client, readable)));
    wrong.push(...differences(this.#acknowledged, await valuesOf(last.client, 'meanwhile')));
    wrong.push(...(await unlessSuccess(last.client, `$scavenges-${scavenge}`)));
    await last.dispose();
    await this.program.kill(last.child);
    return wrong;
  }

  async #started(): Promise<Running> {
    const started = await this.program.start(this.#starts++ % 2 === 0 ? 'worker' : 'in-process');
    return { ...started, ...aClient(started.says) };
  }

  async #fill(client: EventStoreDBClient): Promise<void> {
    for (const stream of STREAMS) {
      if (stream !== STREAMS.at(-1)) await client.setStreamMetadata(stream, { maxCount: KEPT });
      const values = Array.from({ length: EVENTS }, (_, index) => `${this.#starts}-${index}`.padEnd(500, '.'));
      await client.appendToStream(
        stream,
        values.map((value) => anEvent(value)),
      );
    }
  }

  /** Appends until the server is killed. */
  async #write(client: EventStoreDBClient): Promise<void> {
    for (let isThere = true; isThere;) {
      const value = `${this.#starts}-${this.#acknowledged.length}`;
      isThere = await client.appendToStream('meanwhile', anEvent(value)).then(
        () => true,
        () => false,
      );
      if (isThere) this.#acknowledged.push(value);
    }
  }

  /** Kills the process at some moment, and tells what is damaged in what it leaves. */
  async #killed({ child, dispose }: Running, longestMs: number): Promise<string[]> {
    await soon(Math.random() * longestMs);
    await this.program.kill(child);
    const names = readdirSync(this.program.dataDir);
    if (names.includes('scavenge-running.txt')) this.interrupted.scavenges += 1;
    if (names.some((name) => name.endsWith('.log.draft'))) this.interrupted.segments += 1;
    await dispose();
    return verifyFolder(this.program.dataDir).damages;
  }
}

/** Every event that a reader of its stream gets, as `position revision@stream id`. */
async function readableIn(client: EventStoreDBClient): Promise<string[]> {
  const events: string[] = [];
  for (const stream of STREAMS)
    for await (const { event } of client.readStream(stream))
      if (event !== undefined) events.push(`${event.position?.commit} ${event.revision}@${stream} ${event.id}`);
  return events;
}

/** What `wanted` has and `found` has not. */
function differences(wanted: readonly string[], found: readonly (number | string)[]): string[] {
  const there = new Set(found);
  return wanted.filter((one) => !there.has(one)).map((one) => `missing: ${one}`);
}

/** Positions of $all that do not rise, and what should have been scavenged or should not. */
async function disorder(client: EventStoreDBClient, readable: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  const left: string[] = [];
  let before = -1n;
  for await (const { event } of client.readAll()) {
    if (event === undefined) continue;
    if (event.position.commit <= before) wrong.push(`${event.position.commit} follows ${before}`);
    before = event.position.commit;
    if (STREAMS.includes(event.streamId))
      left.push(`${event.position.commit} ${event.revision}@${event.streamId} ${event.id}`);
  }
  return [
    ...wrong,
    ...differences(readable, left),
    ...differences(left, readable).map((one) => `not scavenged, ${one}`),
  ];
}

async function unlessSuccess(client: EventStoreDBClient, stream: string): Promise<string[]> {
  for await (const { event } of client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1 })) {
    const { result } = event?.data as { result?: string };
    return result === 'Success' ? [] : [`${stream} ends with ${event?.type} ${result}`];
  }
  return [`${stream} is empty`];
}

import type { EventStoreDBClient } from '@eventstore/db-client';
import { readdirSync } from 'node:fs';
import type { KilledProgram } from '../../../test/crash/killed-program.js';
import { requestScavenge } from '../src/request-scavenge.js';
import { verifyFolder } from '../src/storage/verify.js';
import { eventStoreProgram } from './event-store-program.js';
import { aClient, anEvent, valuesOf } from './given.js';

const STREAMS = 40;
const EVENTS = 250;
const REVISIONS = Array.from({ length: EVENTS }, (_, revision) => revision);

/** A folder whose newest segment is sealed again and again by a process that is killed while it makes the index. */
export class KilledSealing {
  readonly program = eventStoreProgram();
  /** How many kills found a sealed segment without its index. */
  interrupted = 0;
  readonly #acknowledged: number[] = [];
  #starts = 0;

  /** Fills a segment, has it sealed as a scavenge does, kills the process soon after, and tells what is missing then. */
  async round(longestMs: number): Promise<string[]> {
    const streams = Array.from({ length: STREAMS }, (_, stream) => `round-${this.#starts}-${stream}`);
    const { child, client, says, dispose } = await this.#started();
    for (const stream of streams)
      await client.appendToStream(
        stream,
        REVISIONS.map((value) => anEvent(value)),
      );
    const writing = this.#write(client);
    await requestScavenge(says);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * longestMs));
    await this.program.kill(child);
    await writing;
    await dispose();
    if (this.#count('.index') < this.#count('.log') - 1) this.interrupted += 1;
    return [...verifyFolder(this.program.dataDir).damages, ...(await this.#missing(streams))];
  }

  async #started(): Promise<Awaited<ReturnType<KilledProgram['start']>> & ReturnType<typeof aClient>> {
    const started = await this.program.start(this.#starts++ % 2 === 0 ? 'worker' : 'in-process');
    return { ...started, ...aClient(started.says) };
  }

  /** Appends until the server is killed. */
  async #write(client: EventStoreDBClient): Promise<void> {
    for (let isThere = true; isThere;) {
      const value = this.#acknowledged.length;
      isThere = await client.appendToStream('meanwhile', anEvent(value)).then(
        () => true,
        () => false,
      );
      if (isThere) this.#acknowledged.push(value);
    }
  }

  async #missing(streams: readonly string[]): Promise<string[]> {
    const { child, client, dispose } = await this.#started();
    const wrong: string[] = [];
    for (const stream of streams)
      if (String(await valuesOf(client, stream)) !== String(REVISIONS)) wrong.push(`${stream} is not whole`);
    const found = new Set(await valuesOf(client, 'meanwhile'));
    wrong.push(...this.#acknowledged.filter((value) => !found.has(value)).map((value) => `${value} is missing`));
    await dispose();
    await this.program.kill(child);
    return wrong;
  }

  #count(ending: string): number {
    return readdirSync(this.program.dataDir).filter((name) => name.endsWith(ending)).length;
  }
}

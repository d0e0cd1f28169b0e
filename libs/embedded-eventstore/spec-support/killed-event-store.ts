import { type Position, START } from '@eventstore/db-client';
import { findFaults } from '../../../test/crash/history/find-faults.js';
import type { Fault } from '../../../test/crash/history/history.js';
import { eventStoreProgram } from './event-store-program.js';
import { aClient } from './given.js';
import { ALL, RecordedClients } from './recorded-clients.js';

const WRITERS = 6;
const STREAMS = 3;

/** Rounds of concurrent clients and `kill -9`, over one folder. */
export class KilledEventStore {
  readonly program = eventStoreProgram();
  /** How many appends were acknowledged in all rounds. */
  acknowledged = 0;
  /** What $all held after each round. */
  readonly #stored: string[] = [];
  #rounds = 0;
  #base: Position | typeof START = START;

  /** Kills the store `delayMs` after so many acknowledged appends. Tells what is wrong after the next start. */
  async round(acknowledged: number, delayMs: number): Promise<Fault[]> {
    const round = this.#rounds++;
    const streams = Array.from({ length: STREAMS }, (_, stream) => `round-${round}-${stream}`);
    const clients = new RecordedClients(streams, this.#base);
    await this.#loadAndKill(clients, streams, acknowledged, delayMs);
    this.acknowledged += clients.acknowledged;
    const { child, says } = await this.program.start(modeOf(round + 1));
    const { client, dispose } = aClient(says);
    const { history, last } = await clients.history(client);
    this.#base = last;
    this.#stored.push(...history.final.get(ALL)!);
    await dispose();
    await this.program.kill(child);
    return [...clients.complaints, ...findFaults(history)];
  }

  /** Everything of all rounds that is in $all, and what was there after each round. */
  async allRounds(): Promise<{ readonly found: string[]; readonly stored: readonly string[] }> {
    const { child, says } = await this.program.start('worker');
    const { client, dispose } = aClient(says);
    const found: string[] = [];
    for await (const { event } of client.readAll()) if (event?.streamId.startsWith('round-')) found.push(event.id);
    await dispose();
    await this.program.kill(child);
    return { found, stored: this.#stored };
  }

  async #loadAndKill(
    clients: RecordedClients,
    streams: readonly string[],
    acknowledged: number,
    delayMs: number,
  ): Promise<void> {
    const { child, says } = await this.program.start(modeOf(this.#rounds));
    const [writing, reading] = [aClient(says), aClient(says)];
    for (const log of [ALL, ...streams]) clients.follow(reading.client, log);
    const working = [
      ...Array.from({ length: WRITERS }, (_, writer) => clients.write(writing.client, writer)),
      clients.read(reading.client, ALL),
      clients.read(reading.client, streams[0]!),
    ];
    while (clients.acknowledged < acknowledged) await new Promise((resolve) => setTimeout(resolve, 1));
    clients.follow(reading.client, ALL);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await this.program.kill(child);
    clients.stop();
    await Promise.all(working);
    await Promise.all([writing.dispose(), reading.dispose()]);
  }
}

const modeOf = (round: number): 'worker' | 'in-process' => (round % 2 === 0 ? 'worker' : 'in-process');

import { MongoClient } from 'mongodb';
import { findFaults } from '../../../test/crash/history/find-faults.js';
import type { Fault } from '../../../test/crash/history/history.js';
import { KilledProgram } from '../../../test/crash/killed-program.js';
import { RecordedClients } from './recorded-clients.js';

const WRITERS = 6;
const DOCUMENTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Rounds of concurrent clients and `kill -9`, over one folder; each round has a database of its own. */
export class KilledDatabase {
  readonly program = new KilledProgram('embedded-mongo', 'startEmbeddedMongo', 'startEmbeddedMongoWorker');
  acknowledged = 0;
  #rounds = 0;

  /** Kills the server `delayMs` after so many acknowledged writes. Tells what is wrong after the next start. */
  async round(acknowledged: number, delayMs: number): Promise<Fault[]> {
    const round = this.#rounds++;
    const clients = new RecordedClients(`round-${round}`, DOCUMENTS);
    await this.#loadAndKill(clients, acknowledged, delayMs);
    this.acknowledged += clients.acknowledged;
    const { child, says } = await this.program.start(modeOf(round + 1));
    await clients.retry(portOf(says));
    await clients.retry(portOf(says));
    const history = await clients.history(says);
    await this.program.kill(child);
    return [...clients.complaints, ...findFaults(history)];
  }

  async #loadAndKill(clients: RecordedClients, acknowledged: number, delayMs: number): Promise<void> {
    const { child, says } = await this.program.start(modeOf(this.#rounds));
    await clients.prepare(says);
    const reader = await MongoClient.connect(says, { serverSelectionTimeoutMS: 300 });
    const working = [
      ...Array.from({ length: WRITERS }, (_, writer) => clients.write(portOf(says), writer)),
      clients.read(reader),
    ];
    while (clients.acknowledged < acknowledged) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await this.program.kill(child);
    clients.stop();
    await Promise.all(working);
    await reader.close();
  }
}

const portOf = (url: string): number => Number(new URL(url.replace('mongodb:', 'http:')).port);
const modeOf = (round: number): 'worker' | 'in-process' => (round % 2 === 0 ? 'worker' : 'in-process');

import { persistentSubscriptionToStreamSettingsFromDefaults, START } from '@eventstore/db-client';
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { compileLibraries } from '../../../test/crash/compiled.js';
import { CompetingConsumer, eventually } from './competing-consumer.js';
import { aClient, aFolder, anEvent, removeFolder } from './given.js';

const PROGRAM = `
import { startEmbeddedEventStore } from './embedded-eventstore/index.js';
const store = await startEmbeddedEventStore({ dataDir: process.argv[2] });
console.log(store.connectionString);
`;
const SETTINGS = persistentSubscriptionToStreamSettingsFromDefaults({
  startFrom: START,
  checkPointLowerBound: 1,
  checkPointUpperBound: 5,
});
const CONSUMERS = 3;
/** Every so many events one is left unanswered, and one is parked. */
const UNANSWERED_EVERY = 7;
const PARKED_EVERY = 11;

/**
 * A stream that is written and a group that reads it, while the server's process is killed again and again. Numbers
 * are appended one after another; what a consumer acknowledged, parked or left alone is noted here, outside of it.
 */
export class KilledGroup {
  readonly appended: number[] = [];
  readonly acknowledged = new Set<number>();
  readonly parked = new Set<number>();
  /** Delivered to a consumer, in any round. */
  readonly delivered = new Set<number>();
  private readonly folder = compileLibraries('embedded-eventstore');
  private readonly dataDir = aFolder();
  private child: ChildProcess | undefined;
  private last = 0;

  constructor() {
    writeFileSync(join(this.folder, 'program.mjs'), PROGRAM);
  }

  /** One life of the server: it is killed when so many events more were acknowledged and consumers are at work. */
  async live(events: number): Promise<void> {
    const { client, dispose } = aClient(await this.start());
    if (this.last === 0) await client.createPersistentSubscriptionToStream('s', 'g', SETTINGS);
    for (let one = 0; one < CONSUMERS; one++) CompetingConsumer.of(client, 's', 'g', (value) => this.answer(value));
    const enough = this.appended.length + events;
    const write = async (): Promise<void> => {
      for (;;) {
        this.last += 1;
        const value = this.last;
        await client.appendToStream('s', anEvent(value));
        this.appended.push(value);
        if (this.appended.length === enough) this.child?.kill('SIGKILL');
      }
    };
    await write().catch(() => {});
    await dispose();
  }

  private answer(value: number | string): 'ack' | 'park' | 'nothing' {
    const number = Number(value);
    const isKnown = this.delivered.has(number);
    this.delivered.add(number);
    if (!isKnown && number % UNANSWERED_EVERY === 0) return 'nothing';
    if (number % PARKED_EVERY === 0) {
      this.parked.add(number);
      return 'park';
    }
    this.acknowledged.add(number);
    return 'ack';
  }

  /** The last life: all that is left is delivered and acknowledged, what is parked too. */
  async settle(): Promise<{ missing: number[] }> {
    const { client, dispose } = aClient(await this.start());
    const delivered = new Set<number>();
    const consumer = CompetingConsumer.of(client, 's', 'g', (value) => {
      delivered.add(Number(value));
      return 'ack';
    });
    await client.replayParkedMessagesToStream('s', 'g');
    const isMissing = (value: number): boolean => !this.acknowledged.has(value) && !delivered.has(value);
    await eventually(
      () => client.getPersistentSubscriptionToStreamInfo('s', 'g'),
      ({ stats }) =>
        !this.appended.some(isMissing) ||
        (stats.outstandingMessagesCount === 0 &&
          stats.readBufferCount + stats.retryBufferCount === 0 &&
          stats.parkedMessageCount === 0n &&
          Number(stats.lastKnownEventRevision ?? 0n) >= this.appended.length - 1),
    );
    await consumer.leave();
    await dispose();
    return { missing: this.appended.filter(isMissing) };
  }

  private async start(): Promise<string> {
    const child = spawn(process.execPath, [join(this.folder, 'program.mjs'), this.dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    return new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`the child ended with code ${code} before it said anything`)));
    });
  }

  remove(): void {
    this.child?.kill('SIGKILL');
    removeFolder(this.folder);
    removeFolder(this.dataDir);
  }
}

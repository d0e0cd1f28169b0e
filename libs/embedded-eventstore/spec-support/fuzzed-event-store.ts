import { type ClientHttp2Session, connect } from 'node:http2';
import { ANY, eventTypeFilter, START, type EventStoreDBClient } from '@eventstore/db-client';
import { fuzz } from '../../../test/fuzz/fuzz.js';
import { mutated } from '../../../test/fuzz/mutate.js';
import { recordRequests } from '../../../test/fuzz/recorded-requests.js';
import { sendBytes } from '../../../test/fuzz/send-bytes.js';
import { eventStoreProgram } from './event-store-program.js';
import { aClient, anEvent, valuesOf } from './given.js';
import { bodiesOf } from './grpc-bodies.js';

const STREAMS = '/event_store.client.streams.Streams/';
const PATHS = ['Append', 'BatchAppend', 'Delete', 'Tombstone', 'Read'].map((method) => STREAMS + method);
const ANSWER_MS = 20_000;

/** One of everything that the client can ask of the server. */
async function useAll(client: EventStoreDBClient): Promise<void> {
  await client.appendToStream('recorded', [anEvent(1), anEvent(2)], { expectedRevision: ANY });
  await client.appendToStream('recorded', anEvent(3), { credentials: { username: 'a', password: 'b' } });
  await client.setStreamMetadata('recorded', { maxCount: 5 });
  await valuesOf(client, 'recorded');
  for await (const _ of client.readAll({ fromPosition: START, maxCount: 10 }));
  const subscription = client.subscribeToAll({ filter: eventTypeFilter({ regex: '^Read.*', checkpointInterval: 2 }) });
  await new Promise<void>((resolve) => subscription.once('caughtUp', resolve));
  await subscription.unsubscribe();
  await client.deleteStream('recorded');
  await client.tombstoneStream('recorded');
}

/** The server as a process of its own, attacked with what a client really sent, changed. */
export class FuzzedEventStore {
  readonly #program = eventStoreProgram();
  #connections: Buffer[] = [];
  #bodies: Buffer[] = [];
  #port = 0;
  #pid = 0;
  #client!: EventStoreDBClient;
  #dispose!: () => Promise<void>;

  async start(): Promise<void> {
    const { child, says } = await this.#program.start('in-process');
    this.#pid = child.pid!;
    this.#port = Number(new URL(says.replace('esdb:', 'http:')).port);
    this.#connections = await recordRequests(this.#port, async (port) => {
      const { client, dispose } = aClient(`esdb://127.0.0.1:${port}?tls=false`);
      await useAll(client);
      await dispose();
    });
    this.#bodies = this.#connections.flatMap(bodiesOf);
    ({ client: this.#client, dispose: this.#dispose } = aClient(says));
  }

  readonly #serve = async (): Promise<void> => {
    const { nextExpectedRevision } = await this.#client.appendToStream('others', anEvent(1), { expectedRevision: ANY });
    for await (const { event } of this.#client.readStream('others', { fromRevision: nextExpectedRevision }))
      if (event?.revision !== nextExpectedRevision) throw new Error('another event was read than was appended');
  };

  /** Whole connections with faults in them, at once or in pieces. */
  connections(first: number, count: number): Promise<number> {
    return fuzz({ pid: this.#pid, serve: this.#serve }, first, count, (dice) => {
      const bytes = dice.below(20) === 0 ? dice.bytes(dice.below(500)) : mutated(dice.pick(this.#connections), dice);
      const cut = dice.below(bytes.length + 1);
      return sendBytes(this.#port, [bytes.subarray(0, cut), bytes.subarray(cut)]);
    });
  }

  /** Sound calls with faults in their messages: each that ends is answered. */
  async messages(first: number, count: number): Promise<number> {
    const newSession = (): ClientHttp2Session =>
      connect(`http://127.0.0.1:${this.#port}`)
        .setMaxListeners(0)
        .on('error', () => {});
    let session = newSession();
    try {
      return await fuzz({ pid: this.#pid, serve: this.#serve }, first, count, async (dice) => {
        const body = mutated(dice.pick(this.#bodies), dice);
        if (body.length >= 5 && dice.below(4) > 0) body.writeUInt32BE(body.length - 5, 1);
        if (session.closed || session.destroyed) session = newSession();
        const call = session.request({
          ':method': 'POST',
          ':path': dice.pick(PATHS),
          'content-type': 'application/grpc',
        });
        await new Promise<void>((resolve, reject) => {
          const impatience = setTimeout(() => reject(new Error('a call that ended was not answered')), ANSWER_MS);
          call.on('error', () => {});
          for (const event of ['response', 'close'])
            call.once(event, () => {
              clearTimeout(impatience);
              resolve();
            });
          call.end(body);
        });
        call.close();
      });
    } finally {
      session.destroy();
    }
  }

  async close(): Promise<void> {
    await this.#dispose();
    await this.#program.clear();
  }
}

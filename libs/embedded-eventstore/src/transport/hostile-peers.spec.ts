import type { EventStoreDBClient } from '@eventstore/db-client';
import { aClient, aFolder, anEvent, removeFolder, valuesOf } from '../../spec-support/given.js';
import { BATCH_APPEND, hostilePeers, READ } from '../../spec-support/hostile-peers.js';
import { callHeaders, END_HEADERS, FRAME, http2Frame, RawPeer } from '../../spec-support/raw-http2.js';
import { type EmbeddedEventStore, startServer } from '../server.js';
import { LIMITS } from './limits.js';

const KIBIBYTE = 1024;
const FIRST_WINDOW = 1024 * KIBIBYTE;
const openCall = (stream: number, path: string): Buffer =>
  http2Frame(FRAME.headers, END_HEADERS, stream, callHeaders(path));
const until = async (happened: () => boolean): Promise<void> => {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 2));
};

describe('The gRPC transport among hostile peers', () => {
  const folder = aFolder();
  let store: EmbeddedEventStore;
  let client: EventStoreDBClient;
  let dispose: () => Promise<void>;
  let value = 0;

  beforeAll(async () => {
    const limits = {
      ...LIMITS,
      sessions: 4,
      prefaceMs: 400,
      silenceMs: 800,
      controlFrames: 2000,
      unfinishedBytes: 300 * KIBIBYTE,
    };
    store = await startServer({ dataDir: folder }, { limits });
    ({ client, dispose } = aClient(store.connectionString));
    await othersAreServed();
  });
  afterAll(async () => {
    await dispose();
    await store.close();
    removeFolder(folder);
  });

  async function othersAreServed(): Promise<void> {
    const { nextExpectedRevision } = await client.appendToStream('others', anEvent(value));
    expect(nextExpectedRevision).toBe(BigInt(value));
    value += 1;
    expect(await valuesOf(client, 'others')).toHaveLength(value);
  }

  it.each(Object.entries(hostilePeers))(
    'given %s, then that connection ends and others are served',
    async (_, attack) => {
      const ended = attack(store.port);
      await othersAreServed();
      await ended;
      await othersAreServed();
    },
  );

  it('given more calls at once than a session may have, then those beyond are refused and the others live', async () => {
    const peer = new RawPeer(store.port).greet();
    const resets = (): number => peer.frames.filter(({ type }) => type === FRAME.reset).length;
    for (let index = 0; index < LIMITS.streamsPerSession + 7; index++) peer.send(openCall(2 * index + 1, READ));
    await until(() => resets() === 7);
    await othersAreServed();
    expect(peer.socket.destroyed).toBe(false);
    peer.close();
  });

  it('given as many sessions as may be, when another comes, then one without a call makes room, one with a call stays', async () => {
    await othersAreServed();
    const busy = [1, 2].map(() => new RawPeer(store.port).greet().send(openCall(1, BATCH_APPEND)));
    await Promise.all(busy.map((peer) => until(() => peer.frames.length > 1)));
    const idle = new RawPeer(store.port).greet();
    await until(() => idle.frames.length > 1);
    const late = new RawPeer(store.port).greet().send(openCall(1, BATCH_APPEND));
    await idle.closed;
    await until(() => late.frames.length > 1);
    const refused = new RawPeer(store.port).greet();
    await refused.closed;
    await othersAreServed();
    for (const peer of [...busy, late]) peer.close();
    await Promise.all([...busy, late].map(({ closed }) => closed));
  });

  it('given calls that begin messages and do not end them, then what they hold together is bounded, and given back', async () => {
    const begun = Buffer.concat([Buffer.from([0, 0, 3, 0, 0]), Buffer.alloc(16_000)]);
    const statusOf = async (): Promise<{ peer: RawPeer; failed: number }> => {
      const peer = new RawPeer(store.port).greet();
      const failed = (): number =>
        peer.frames.filter(({ type, stream }) => type === FRAME.headers && stream > 0).length;
      for (let index = 0; index < 30; index++)
        peer.send(openCall(2 * index + 1, READ), http2Frame(FRAME.data, 0, 2 * index + 1, begun));
      peer.send(http2Frame(FRAME.ping, 0, 0, Buffer.alloc(8)));
      await until(() => peer.frames.some(({ type }) => type === FRAME.ping));
      await until(() => failed() > 0);
      return { peer, failed: failed() };
    };
    const first = await statusOf();
    await othersAreServed();
    first.peer.close();
    await first.peer.closed;
    await othersAreServed();
    const second = await statusOf();
    expect(second.failed).toBe(first.failed);
    second.peer.close();
  });

  it('given a client that appends and never takes its answers, then it is not read from any more, and others are served', async () => {
    const noWindow = Buffer.from([0, 4, 0, 0, 0, 0]);
    const peer = new RawPeer(store.port).greet(noWindow).send(openCall(1, BATCH_APPEND));
    const correlation = Buffer.alloc(1000, 'c');
    const append = Buffer.concat([
      Buffer.from([0, 0, 0, 3, 237, 0x0a, 0xe8, 0x07]),
      correlation,
      Buffer.from([0x20, 1]),
    ]);
    const sixteen = http2Frame(FRAME.data, 0, 1, Buffer.concat(Array.from({ length: 16 }, () => append)));
    let sent = 0;
    let lastGranted = -1;
    while (lastGranted !== peer.granted(1)) {
      lastGranted = peer.granted(1);
      for (; sent + sixteen.length <= FIRST_WINDOW + lastGranted; sent += sixteen.length) peer.send(sixteen);
      peer.send(http2Frame(FRAME.ping, 0, 0, Buffer.alloc(8)));
      const answered = peer.frames.filter(({ type }) => type === FRAME.ping).length;
      await until(() => peer.frames.filter(({ type }) => type === FRAME.ping).length > answered);
      await othersAreServed();
    }
    await othersAreServed();
    expect(peer.granted(1)).toBeLessThan(3 * KIBIBYTE * KIBIBYTE);
    peer.close();
  });
});

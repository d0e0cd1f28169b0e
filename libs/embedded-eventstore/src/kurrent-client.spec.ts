import {
  eventTypeFilter,
  jsonEvent,
  KurrentDBClient,
  NO_STREAM,
  persistentSubscriptionToStreamSettingsFromDefaults,
  START,
} from '@kurrent/kurrentdb-client';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCertificate } from '../../../test/tls/certificate.js';
import { PasswordHashes } from './engine/users/password-hash.js';
import { type EmbeddedEventStore, startServer } from './server.js';

type Reading = { type: 'ReadingRecorded'; data: { value: number } };
const reading = (value: number) => jsonEvent<Reading>({ type: 'ReadingRecorded', data: { value } });

/**
 * Its reads are made by a client in Rust, so these are two more implementations. Nothing that imports the client of
 * EventStoreDB may be imported here: the generated code of both puts itself into the same global variable.
 */
describe('The embedded event store, through the official client of KurrentDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kurrent-'));
  let store: EmbeddedEventStore;
  let client: KurrentDBClient;
  let stream: string;
  let next = 0;

  beforeAll(async () => {
    store = await startServer({ dataDir: join(folder, 'open') });
    client = KurrentDBClient.connectionString(store.connectionString.replace('esdb:', 'kurrentdb:'));
  });
  beforeEach(() => (stream = `kurrent-${(next += 1)}`));
  afterAll(async () => {
    await client.dispose();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const valuesOf = async (options: Parameters<KurrentDBClient['readStream']>[1] = {}): Promise<number[]> => {
    const values: number[] = [];
    for await (const { event } of client.readStream<Reading>(stream, options))
      if (event !== undefined) values.push(event.data.value);
    return values;
  };
  /** The first `count` of what something gives; it is not listened to any longer. */
  const first = async <Resolved>(count: number, source: AsyncIterable<Resolved>): Promise<Resolved[]> => {
    const seen: Resolved[] = [];
    for await (const resolved of source) if (seen.push(resolved) === count) break;
    return seen;
  };

  it('given appended events, when the stream is read both ways, then they are there with what they were given', async () => {
    const event = jsonEvent({ type: 'ReadingRecorded', data: { value: 1 }, metadata: { by: 'a spec' } });
    await client.appendToStream(stream, [event], { streamState: NO_STREAM });
    await client.appendToStream(stream, [reading(2), reading(3)], { streamState: 0n });
    expect(await valuesOf()).toEqual([1, 2, 3]);
    expect(await valuesOf({ direction: 'backwards', fromRevision: 'end', maxCount: 2 })).toEqual([3, 2]);
    expect(await valuesOf({ fromRevision: 1n })).toEqual([2, 3]);
    for await (const resolved of client.readStream(stream, { maxCount: 1 }))
      expect(resolved.event).toMatchObject({ id: event.id, revision: 0n, metadata: { by: 'a spec' }, isJson: true });
  });

  it('given a revision that is not the current one, when it is expected, then the append is refused', async () => {
    await client.appendToStream(stream, reading(1));
    await expect(client.appendToStream(stream, reading(2), { streamState: NO_STREAM })).rejects.toMatchObject({
      type: 'wrong-expected-version',
    });
  });

  it('given a missing and a deleted stream, when they are read, then each is told by its name', async () => {
    await expect(valuesOf()).rejects.toMatchObject({ type: 'stream-not-found', streamName: stream });
    await client.appendToStream(stream, reading(1));
    await client.tombstoneStream(stream);
    await expect(valuesOf()).rejects.toMatchObject({ type: 'stream-deleted', streamName: stream });
  });

  it('given metadata, when it is set and asked for, then it is the same', async () => {
    await client.setStreamMetadata(stream, { maxCount: 2, owner: 'somebody' });
    expect((await client.getStreamMetadata(stream)).metadata).toEqual({ maxCount: 2, owner: 'somebody' });
  });

  it('given subscriptions to a stream and to all with a filter, when events arrive, then they get old and new ones', async () => {
    await client.appendToStream(stream, reading(1));
    const one = client.subscribeToStream<Reading>(stream, { fromRevision: START });
    const type = `Only-${stream}`;
    const all = client.subscribeToAll({ fromPosition: START, filter: eventTypeFilter({ prefixes: [type] }) });
    const wanted = Promise.all([first(2, one), first(1, all)]);
    await client.appendToStream(stream, reading(2));
    await client.appendToStream(`${stream}-other`, jsonEvent({ type, data: {} }));
    const [ofStream, ofAll] = await wanted;
    expect(ofStream.map(({ event }) => event?.data.value)).toEqual([1, 2]);
    expect(ofAll.map(({ event }) => event?.streamId)).toEqual([`${stream}-other`]);
  });

  it('given all events, when some are read from each end, then they come in the order of the log', async () => {
    await client.appendToStream(stream, [reading(1), reading(2)]);
    const positions: bigint[] = [];
    for await (const { event } of client.readAll({ direction: 'backwards', fromPosition: 'end', maxCount: 2 }))
      positions.push(event?.position.commit ?? 0n);
    expect(positions).toHaveLength(2);
    expect((positions[0] as bigint) > (positions[1] as bigint)).toBe(true);
  });

  it('given a group of persistent subscriptions, when events are taken and acknowledged, then each came once', async () => {
    const settings = persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START });
    await client.createPersistentSubscriptionToStream(stream, 'g', settings);
    const group = client.subscribeToPersistentSubscriptionToStream(stream, 'g');
    await client.appendToStream(stream, [reading(1), reading(2), reading(3)]);
    const revisions: (bigint | undefined)[] = [];
    for await (const resolved of group) {
      await group.ack(resolved);
      if (revisions.push(resolved.event?.revision) === 3) break;
    }
    expect(revisions).toEqual([0n, 1n, 2n]);
    expect(await client.getPersistentSubscriptionToStreamInfo(stream, 'g')).toMatchObject({ groupName: 'g' });
    await client.deletePersistentSubscriptionToStream(stream, 'g');
  });

  it('given what only KurrentDB has, when it is asked for, then the client says so', async () => {
    const event = jsonEvent({ type: 'a', data: {} });
    await expect(
      client.multiStreamAppend([{ streamName: stream, expectedState: NO_STREAM, events: [event] }]),
    ).rejects.toThrow(/25\.1/);
    await expect(client.listProjections()).rejects.toThrow(/runs no projections/);
  });

  it('given a server with a password, when the client comes over TLS, then the right password is needed', async () => {
    const password = 'correct-horse';
    const identity = aCertificate();
    const hashes = new PasswordHashes({ N: 1024, r: 8, p: 1 });
    const security = { password, ...identity };
    const secured = await startServer({ dataDir: join(folder, 'secured'), security }, { hashes });
    const file = join(folder, 'certificate.pem');
    writeFileSync(file, identity.authority);
    const as = (given: string): KurrentDBClient =>
      KurrentDBClient.connectionString(
        `kurrentdb://admin:${encodeURIComponent(given)}@localhost:${secured.port}?tlsCAFile=${file}`,
      );
    const [right, wrong] = [as(password), as('guessed')];
    const read = async (by: KurrentDBClient): Promise<number> => {
      let events = 0;
      for await (const { event } of by.readStream(stream)) events += event === undefined ? 0 : 1;
      return events;
    };
    await right.appendToStream(stream, reading(1));
    expect(await read(right)).toBe(1);
    await expect(read(wrong)).rejects.toThrow();
    await expect(wrong.appendToStream(stream, reading(2))).rejects.toMatchObject({ type: 'access-denied' });
    await Promise.all([right.dispose(), wrong.dispose()]);
    await secured.close();
  });
});

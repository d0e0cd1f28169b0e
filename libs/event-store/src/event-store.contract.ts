import { NotLeaderError, UnavailableError, UnknownError, jsonEvent } from '@eventstore/db-client';
import { uuidV5, type Position, type RecordedEvent } from '@app/kernel';
import { FaultProxy } from '../spec-support/fault-proxy.js';
import { aCommandId, aForeignClient, aTenant, all, encoded, metadataOf, until } from '../spec-support/given.js';
import { failureOf } from './append-failure.js';
import { eventSizeLimit } from './codec.js';
import { preferring } from './connection.js';
import { RevisionConflict, StoreUnavailable, UnreadableEvent, UnstorableEvent } from './errors.js';
import { EventLog, appendSizeLimit } from './event-log.js';
import { NoAnswer } from './time-limit.js';

/** What every event store must give to this project, and what the wrapper makes of it. Leaves other data alone. */
export function eventStoreContract(storeUrl: () => string): void {
  let log: EventLog;
  let tenant: string;
  let name: string;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(() => (log = EventLog.connect(storeUrl())));
  afterAll(() => log.close());
  beforeEach(() => {
    tenant = aTenant();
    name = `notes-${tenant}/a`;
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const stream = () => ({ category: 'notes', tenant, id: 'a' });
  const stored = (): Promise<RecordedEvent[]> => all(log.readStream(stream()));
  const texts = async (): Promise<string[]> => (await stored()).map(({ data }) => (data as { text: string }).text);
  const foreign = () => {
    const { client, dispose } = aForeignClient(storeUrl());
    closing.push(dispose);
    return client;
  };

  describe('every append states the revision that its decision saw', () => {
    it('appends after it, and refuses when somebody was faster', async () => {
      const first = await log.append(name, encoded(aCommandId(`${tenant} 1`), 'one', 'two'), -1n);
      const second = await log.append(name, encoded(aCommandId(`${tenant} 2`), 'three'), 1n);
      expect([first.revision, second.revision]).toEqual([1n, 2n]);
      for (const expected of [-1n, 1n, 5n])
        await expect(log.append(name, encoded(aCommandId(`${tenant} 3`), 'four'), expected)).rejects.toThrow(
          RevisionConflict,
        );
      expect(await texts()).toEqual(['one', 'two', 'three']);
    });
  });

  describe('event ids follow from the command', () => {
    it('ids are UUIDv5 of command id and index, and the command id is in the metadata', async () => {
      const commandId = aCommandId(tenant);
      await log.append(name, encoded(commandId, 'one', 'two'), -1n);
      expect((await stored()).map(({ id }) => id)).toEqual([uuidV5(commandId, '0'), uuidV5(commandId, '1')]);
      expect((await stored()).map(({ metadata }) => metadata.commandId)).toEqual([commandId, commandId]);
    });

    it('the same append again is answered with the same revision and changes nothing', async () => {
      const events = encoded(aCommandId(tenant), 'one', 'two');
      const first = await log.append(name, events, -1n);
      expect(await log.append(name, events, -1n)).toEqual(first);
      expect(await texts()).toEqual(['one', 'two']);
    });
  });

  describe('nothing that cannot be stored reaches the client', () => {
    it('64 KiB per event', () => {
      expect(() => encoded(aCommandId(tenant), 'x'.repeat(eventSizeLimit))).toThrow(UnstorableEvent);
    });

    it('900 KiB per append, and at least one event', async () => {
      const many = encoded(aCommandId(tenant), ...Array.from({ length: 16 }, () => 'x'.repeat(60_000)));
      expect(many.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(appendSizeLimit);
      await expect(log.append(name, many, -1n)).rejects.toThrow(UnstorableEvent);
      await expect(log.append(name, [], -1n)).rejects.toThrow(UnstorableEvent);
      expect(await texts()).toEqual([]);
    });

    it('what does not fit its schema, or has no catalogue', () => {
      const metadata = metadataOf(aCommandId(tenant));
      expect(() => log.codec.encode({ type: 'NoteTaken', data: { text: 7 } }, metadata, 0)).toThrow(UnstorableEvent);
      expect(() => log.codec.encode({ type: 'NoteLost', data: {} }, metadata, 0)).toThrow(UnstorableEvent);
    });
  });

  describe('stored JSON becomes events of today, or is named unreadable', () => {
    const append = (type: string, data: string, schemaVersion = 1) => {
      const metadata = { schemaVersion, ...metadataOf(aCommandId(tenant)) };
      return foreign().appendToStream(name, jsonEvent({ type, data: JSON.parse(data), metadata: { ...metadata } }));
    };

    it('an old version goes through every upcaster', async () => {
      await append('NoteRated', '{"points":4}');
      await append('NoteRated', '{"stars":3}', 2);
      expect((await stored()).map(({ data }) => data)).toEqual([
        { stars: 4, scale: 5 },
        { stars: 3, scale: 5 },
      ]);
    });

    it.each([
      ['an unknown type', 'NoteBurnt', '{}', 1, 'no catalogue has this type'],
      ['a newer version', 'NoteTaken', '{"text":"x"}', 2, 'newer than this program'],
      ['another shape', 'NoteTaken', '{"text":1}', 1, 'expected string'],
      ['__proto__', 'NoteTaken', '{"text":"x","__proto__":{"a":1}}', 1, '__proto__'],
      ['constructor', 'NoteTaken', '{"text":"x","constructor":{}}', 1, 'constructor'],
      ['prototype', 'NoteTaken', '{"text":"x","a":[{"prototype":1}]}', 1, 'prototype'],
      ['33 levels', 'NoteTaken', `{"text":"x","a":${'['.repeat(33)}${']'.repeat(33)}}`, 1, '32 levels'],
    ])('%s', async (_what, type, data, version, reason) => {
      await append(type, data, version);
      const failure = await stored().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(UnreadableEvent);
      expect(failure).toMatchObject({ type, streamName: name, revision: 0n });
      expect((failure as Error).message).toContain(reason);
      expect((await all(log.readAll())).filter(({ streamName }) => streamName === name)).toEqual([failure]);
    });

    it('metadata that is not ours makes an event unreadable, a name that is not ours makes it no event', async () => {
      const other = jsonEvent({ type: 'NoteTaken', data: { text: 'x' } });
      await foreign().appendToStream(name, other);
      await foreign().appendToStream(`strange${tenant}`, other);
      await expect(stored()).rejects.toThrow(UnreadableEvent);
      expect((await all(log.readAll())).filter((event) => event.streamName === `strange${tenant}`)).toEqual([]);
    });
  });

  describe('positions are two numbers, in the order of the log', () => {
    it('an append answers the position of its last event', async () => {
      const appended = [
        await log.append(name, encoded(aCommandId(`${tenant} 1`), 'one', 'two'), -1n),
        await log.append(name, encoded(aCommandId(`${tenant} 2`), 'three'), 1n),
      ];
      const positions = (await stored()).map(({ position }) => position);
      expect(appended.map(({ position }) => position)).toEqual([positions[1], positions[2]]);
      expect(positions[2]!.commit > positions[1]!.commit && positions[1]!.commit > positions[0]!.commit).toBe(true);
    });

    it('reads from a position on, and knows which event is there', async () => {
      const { position } = await log.append(name, encoded(aCommandId(tenant), 'one'), -1n);
      const [first] = await all(log.readAll(position));
      expect(first).toMatchObject({ streamName: name, position });
      expect(await log.idAt(position)).toBe(uuidV5(aCommandId(tenant), '0'));
      expect(await log.idAt({ commit: position.commit + 1n, prepare: position.prepare + 1n })).toBeUndefined();
    });
  });

  describe('a stream is read from a revision, to a revision, backwards', () => {
    it('and a missing one has no events', async () => {
      await log.append(name, encoded(aCommandId(tenant), '0', '1', '2', '3'), -1n);
      const revisions = async (events: AsyncIterable<RecordedEvent>) => (await all(events)).map((one) => one.revision);
      expect(await revisions(log.readStream(stream(), 2n))).toEqual([2n, 3n]);
      expect(await revisions(log.readStream(stream(), 1n, { to: 2n }))).toEqual([1n, 2n]);
      expect(await revisions(log.readStream(stream(), 3n, { to: 2n }))).toEqual([]);
      expect(await revisions(log.readStream(stream(), 0n, { direction: 'backwards' }))).toEqual([3n, 2n, 1n, 0n]);
      expect(await revisions(log.readStream({ ...stream(), id: 'nobody' }))).toEqual([]);
    });

    it('a read that is left early does not hold up the end', async () => {
      const own = EventLog.connect(storeUrl());
      for await (const _event of own.readAll()) break;
      const from = performance.now();
      await own.close();
      expect(performance.now() - from).toBeLessThan(2_500);
    });
  });

  describe('a subscription hands over every event of ours once, in order', () => {
    it('from a position on, exclusive, whichever of event and acknowledgement comes first', async () => {
      const { position } = await log.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      const heard: string[] = [];
      const subscription = log.subscribeToAll({
        from: position,
        onEvent: (event) => {
          if (!(event instanceof UnreadableEvent)) heard.push((event.data as { text: string }).text);
        },
      });
      const wanted = Array.from({ length: 50 }, (_, index) => `${index + 1}`);
      for (const [index, text] of wanted.entries())
        await log.append(name, encoded(aCommandId(`${tenant} ${text}`), text), BigInt(index));
      await until('all events', () => heard.length >= wanted.length);
      await subscription.stop();
      expect(heard).toEqual(wanted);
    });

    it('of the types that it names, and passes over the others', async () => {
      const { position } = await log.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      const heard: string[] = [];
      const subscription = log.subscribeToAll({
        from: position,
        types: ['NoteRated'],
        onEvent: (event) => heard.push(event.type),
      });
      const texts = Array.from({ length: 100 }, (_, index) => `${index + 1}`);
      const notes = await log.append(name, encoded(aCommandId(`${tenant} notes`), ...texts), 0n);
      const rated = { type: 'NoteRated', data: { stars: 4, scale: 5 } };
      const rating = log.codec.encode(rated, metadataOf(aCommandId(`${tenant} rated`)), 0);
      await log.append(name, [rating], notes.revision);
      await until('the rating', () => heard.length > 0);
      await subscription.stop();
      expect(heard).toEqual(['NoteRated']);
    });

    it('hands over nothing while it is paused', async () => {
      const { position } = await log.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      let heard = 0;
      const subscription = log.subscribeToAll({ from: position, onEvent: () => (heard += 1) });
      subscription.pause();
      await log.append(name, encoded(aCommandId(`${tenant} 1`), '1'), 0n);
      await new Promise((resolve) => setTimeout(resolve, 150));
      expect(heard).toBe(0);
      subscription.resume();
      await until('the event', () => heard === 1);
      await subscription.stop();
    });

    it('tells by checkpoints, in band, that a long tail of foreign events is behind it', async () => {
      const { position } = await log.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      const client = foreign();
      const noise = (type: string) => Array.from({ length: 500 }, () => jsonEvent({ type, data: {} }));
      for (let round = 0; round < 3; round++) {
        await client.appendToStream(`noise${tenant}`, noise('SomethingElse'));
        await client.appendToStream(`noise${tenant}`, noise('$statistics'));
      }
      await log.append(name, encoded(aCommandId(`${tenant} 1`), '1'), 0n);
      const arrivals: { readonly kind: string; readonly position: Position }[] = [];
      const subscription = log.subscribeToAll({
        from: position,
        onEvent: (event) => arrivals.push({ kind: 'event', position: event.position }),
        onCheckpoint: (at) => arrivals.push({ kind: 'checkpoint', position: at }),
      });
      const event = () => arrivals.findIndex(({ kind }) => kind === 'event');
      await until('the event behind the tail', () => event() >= 0);
      await subscription.stop();
      expect(event()).toBeGreaterThanOrEqual(2);
      const commits = arrivals.slice(0, event() + 1).map((one) => one.position.commit);
      expect(commits).toEqual([...commits].sort((left, right) => (left < right ? -1 : 1)));
      // A restart at a checkpoint misses nothing, and the checkpoint names an event.
      const last = arrivals[event() - 1]!.position;
      expect(await log.idAt(last)).toBeDefined();
      const again: bigint[] = [];
      const second = log.subscribeToAll({ from: last, onEvent: (one) => again.push(one.position.commit) });
      await until('the event again', () => again.length > 0);
      await second.stop();
      expect(again[0]).toBe(arrivals[event()]!.position.commit);
    });

    it('stops in time while the store is away', async () => {
      const own = EventLog.connect('esdb://127.0.0.1:9?tls=false');
      const drops: unknown[] = [];
      const subscription = own.subscribeToAll({ onEvent: () => undefined, onDropped: (reason) => drops.push(reason) });
      await until('some failures', () => drops.length >= 4);
      const from = performance.now();
      await subscription.stop();
      await own.close();
      expect(performance.now() - from).toBeLessThan(3_000);
    });
  });

  describe('an append of unknown outcome is repeated with the same ids and revision, then read back', () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    beforeAll(() => process.on('unhandledRejection', note));
    afterAll(() => process.off('unhandledRejection', note));
    beforeEach(() => (unhandled.length = 0));
    afterEach(() => expect(unhandled).toEqual([]));

    async function through(options: Parameters<typeof EventLog.connect>[1] = {}) {
      const proxy = await FaultProxy.before(storeUrl());
      const own = EventLog.connect(proxy.url, options);
      closing.push(
        () => own.close(),
        () => proxy.close(),
      );
      return { proxy, own };
    }
    const isStored = (count: number): Promise<void> =>
      until('the events', async () => (await texts()).length === count);

    it('answers lost after the commit: each event is there once', async () => {
      const { proxy, own } = await through();
      await own.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      proxy.loseAnswers();
      const second = own.append(name, encoded(aCommandId(`${tenant} 1`), '1', '2'), 0n);
      await isStored(3);
      await log.append(name, encoded(aCommandId(`${tenant} 2`), '3'), 2n);
      proxy.heal();
      proxy.cut();
      expect(await second).toEqual({ revision: 2n, position: (await stored())[2]!.position });
      expect(await texts()).toEqual(['0', '1', '2', '3']);
    });

    it('every answer of the append late: it is found by reading back', async () => {
      const { proxy, own } = await through({ patience: 1_000, persistence: 1 });
      await own.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      proxy.holdAnswers();
      const second = own.append(name, encoded(aCommandId(`${tenant} 1`), '1'), 0n);
      await isStored(2);
      setTimeout(() => proxy.heal(), 1_300);
      expect(await second).toMatchObject({ revision: 1n });
      expect(await texts()).toEqual(['0', '1']);
    });

    it('a store that stands still: StoreUnavailable in time, for appends, reads and ping', async () => {
      const { proxy, own } = await through({ patience: 200, persistence: 700 });
      await own.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      proxy.holdAnswers();
      const from = performance.now();
      await Promise.all([
        expect(own.append(name, encoded(aCommandId(`${tenant} 1`), '1'), 0n)).rejects.toThrow(StoreUnavailable),
        expect(all(own.readStream(stream()))).rejects.toThrow(StoreUnavailable),
        expect(all(own.readAll())).rejects.toThrow(StoreUnavailable),
        expect(own.ping()).rejects.toThrow(StoreUnavailable),
      ]);
      expect(performance.now() - from).toBeLessThan(4_000);
    });

    it('a slow reader is not a store that stands still', async () => {
      const own = EventLog.connect(storeUrl(), { patience: 300 });
      closing.push(() => own.close());
      const many = Array.from({ length: 40 }, (_, index) => `${index}`);
      await log.append(name, encoded(aCommandId(tenant), ...many), -1n);
      let read = 0;
      for await (const _event of own.readStream(stream()))
        if (++read % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 500));
      expect(read).toBe(40);
    });

    it('a connection that stays silent is given up for a new one', async () => {
      const { proxy, own } = await through({ patience: 300, persistence: 10_000 });
      await own.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      const { connections } = proxy;
      proxy.holdAnswers();
      const waiting = own.append(name, encoded(aCommandId(`${tenant} 1`), '1'), 0n);
      await until('another connection', () => proxy.connections > connections);
      proxy.heal();
      expect(await waiting).toMatchObject({ revision: 1n });
      expect(await texts()).toEqual(['0', '1']);
    });

    it('a broken call of one client does not lose the appends of another, nor end the process', async () => {
      const [broken, late] = [await through(), await through({ patience: 5_000 })];
      const elsewhere = `notes-${tenant}/b`;
      await broken.own.append(elsewhere, encoded(aCommandId(`${tenant} b`), 'b'), -1n);
      await late.own.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      late.proxy.holdAnswers();
      const appends = [late.own.append(name, encoded(aCommandId(`${tenant} 1`), '1'), 0n)];
      await isStored(2);
      broken.proxy.cut();
      await new Promise((resolve) => setTimeout(resolve, 300));
      late.proxy.heal();
      expect((await Promise.all(appends)).map(({ revision }) => revision)).toEqual([1n]);
      const from = performance.now();
      expect(await late.own.append(name, encoded(aCommandId(`${tenant} 2`), '2'), 1n)).toMatchObject({ revision: 2n });
      expect(performance.now() - from).toBeLessThan(4_000);
      expect(await texts()).toEqual(['0', '1', '2']);
    });

    it('a subscription goes on where it was after its connection broke', async () => {
      const { proxy, own } = await through();
      const { position } = await log.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      const heard: string[] = [];
      own.subscribeToAll({
        from: position,
        onEvent: (event) => {
          if (!(event instanceof UnreadableEvent)) heard.push((event.data as { text: string }).text);
        },
      });
      for (let index = 1; index <= 6; index++) {
        await log.append(name, encoded(aCommandId(`${tenant} ${index}`), `${index}`), BigInt(index - 1));
        await until(`event ${index}`, () => heard.length >= index);
        proxy.cut();
      }
      expect(heard).toEqual(['1', '2', '3', '4', '5', '6']);
    });

    it('a subscription that falls silent while the log goes on is replaced', async () => {
      const { proxy, own } = await through({ heartbeat: 200 });
      const { position } = await log.append(name, encoded(aCommandId(`${tenant} 0`), '0'), -1n);
      let heard = 0;
      const drops: unknown[] = [];
      own.subscribeToAll({
        from: position,
        onEvent: () => (heard += 1),
        onDropped: (reason) => drops.push(reason),
      });
      await log.append(name, encoded(aCommandId(`${tenant} 1`), '1'), 0n);
      await until('the first event', () => heard === 1);
      // The connection of the subscription is the older one: the one that asks for the end of the log is yet to come.
      proxy.muteOldest();
      await log.append(name, encoded(aCommandId(`${tenant} 2`), '2'), 1n);
      await until('the second event', () => heard === 2);
      expect(drops.map(String)).toEqual(['Error: The log goes on, but the subscription hears nothing of it.']);
    });
  });
}

describe('clusters', () => {
  const notLeader = {
    metadata: { getMap: () => ({ 'leader-endpoint-host': '10.0.0.2', 'leader-endpoint-port': '2113' }) },
  } as unknown as ConstructorParameters<typeof NotLeaderError>[0];

  it.each([
    ['a new leader', new NotLeaderError(notLeader)],
    ['an unavailable member', new UnavailableError()],
    ['our own time limit', new NoAnswer(1)],
    ['a failed discovery', new Error('Failed to discover after 10 attempts.')],
  ])('%s is no answer: the append is tried again', (_what, error) => {
    expect(failureOf(error)).toBe('unanswered');
  });

  it('an answer that says nothing is not repeated for long', () => {
    expect(failureOf(new UnknownError())).toBe('odd');
  });

  it('decisions ask the leader; followers serve what follows the log; all else passes through', () => {
    const seeds = 'esdb://a:2113,b:2113,c:2113?tls=true&tlsCAFile=/etc/ca.crt';
    expect(preferring(seeds, 'leader')).toBe(`${seeds}&nodePreference=leader`);
    expect(preferring(seeds, 'follower')).toBe(`${seeds}&nodePreference=follower`);
    const stated = 'esdb+discover://cluster.example?nodePreference=readOnlyReplica&tls=false';
    expect(preferring(stated, 'leader')).toBe('esdb+discover://cluster.example?nodePreference=leader&tls=false');
    expect(preferring(stated, 'follower')).toBe(stated);
    expect(preferring('esdb://127.0.0.1:2113', 'leader')).toBe('esdb://127.0.0.1:2113?nodePreference=leader');
  });
});

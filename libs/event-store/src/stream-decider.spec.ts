import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import type { Accepted } from '@app/kernel';
import fc from 'fast-check';
import {
  aTenant,
  all,
  metadataOf,
  aCommandId,
  notes,
  take,
  takeNote,
  TakeNote,
  type Notes,
} from '../spec-support/given.js';
import { StaleRevision, UnstorableEvent } from './errors.js';
import { EventLog } from './event-log.js';
import { StreamDecider } from './stream-decider.js';

let folder: string;
let store: EmbeddedEventStore;
let log: EventLog;
let other: EventLog;
let tenant: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stream-decider-'));
  store = await startEmbeddedEventStore({ dataDir: folder });
  log = EventLog.connect(store.connectionString);
  other = EventLog.connect(store.connectionString);
});
afterAll(async () => {
  await Promise.all([log.close(), other.close()]);
  await store.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => (tenant = aTenant()));
afterEach(() => jest.restoreAllMocks());

const textsIn = async (id: string): Promise<string[]> =>
  (await all(log.readStream({ category: 'notes', tenant, id }))).map(({ data }) => (data as { text: string }).text);

const send = (decider: StreamDecider, command: TakeNote): Promise<Accepted> =>
  decider.execute(notes, command, takeNote, undefined);

describe('load, fold, decide, append', () => {
  it('answers with revision, position and ids of what it appended', async () => {
    const accepted = await send(new StreamDecider(log), take(tenant, 'a', 'one|two'));
    const stored = await all(log.readStream({ category: 'notes', tenant, id: 'a' }));
    expect(accepted).toEqual({
      tenant,
      id: 'a',
      streamName: `notes-${tenant}/a`,
      revision: 1n,
      position: stored[1]!.position,
      eventIds: stored.map(({ id }) => id),
    });
  });

  it('gives the state now, and at a revision, a position and a time of the past', async () => {
    const decider = new StreamDecider(log);
    const first = await send(decider, take(tenant, 'a', 'one'));
    await send(decider, take(tenant, 'a', 'two'));
    const [stored] = await all(log.readStream({ category: 'notes', tenant, id: 'a' }));
    const states = [
      await decider.load(notes, tenant, 'a'),
      await decider.load(notes, tenant, 'a', { revision: 0n }),
      await decider.load(notes, tenant, 'a', { position: first.position! }),
      await decider.load(notes, tenant, 'a', { recordedAt: new Date(stored!.recordedAt.getTime() - 1) }),
      await decider.load(notes, tenant, 'nobody'),
    ];
    expect(states.map(({ revision, state }) => [revision, state.texts])).toEqual([
      [1n, ['one', 'two']],
      [0n, ['one']],
      [0n, ['one']],
      [-1n, []],
      [-1n, []],
    ]);
  });

  it('appends nothing when there is nothing to do', async () => {
    const decider = new StreamDecider(log);
    await send(decider, take(tenant, 'a', 'one'));
    const again = new TakeNote(tenant, 'a', { text: 'one' }, metadataOf(aCommandId(`${tenant} another`)));
    expect(await send(decider, again)).toMatchObject({ revision: 0n, eventIds: [] });
    expect(await textsIn('a')).toEqual(['one']);
  });
});

describe('what is kept in memory is a baseline only', () => {
  it('decides anew after somebody else was faster', async () => {
    const [one, two] = [new StreamDecider(log), new StreamDecider(other)];
    await send(one, take(tenant, 'a', '1'));
    await send(two, take(tenant, 'a', '2'));
    await send(one, take(tenant, 'a', '3'));
    expect(await send(two, new TakeNote(tenant, 'a', { text: '3' }, metadataOf(aCommandId(tenant))))).toMatchObject({
      revision: 2n,
      eventIds: [],
    });
    expect(await textsIn('a')).toEqual(['1', '2', '3']);
  });

  it('refuses nothing on the strength of an old state', async () => {
    const [one, two] = [new StreamDecider(log), new StreamDecider(other)];
    await send(one, take(tenant, 'a', '1'));
    await send(two, take(tenant, 'a', '2'));
    expect(await send(one, take(tenant, 'a', '3', 1n))).toMatchObject({ revision: 2n });
  });
});

describe('two processes that append to one stream', () => {
  const rounds = 40;
  /** 64 writers of one process, each with its next note as soon as the last one is in. */
  const write = (decider: StreamDecider, by: string): Promise<unknown> =>
    Promise.all(
      Array.from({ length: 64 }, async (_, writer) => {
        for (let round = 0; round < rounds; round++) await send(decider, take(tenant, 'a', `${by} ${writer} ${round}`));
      }),
    );

  it('get in both, however long they go on, with nothing lost or doubled', async () => {
    await Promise.all([write(new StreamDecider(log), 'one'), write(new StreamDecider(other), 'other')]);
    const texts = await textsIn('a');
    expect(texts.length).toBe(2 * 64 * rounds);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('group commit', () => {
  it('appends 64 commands that come at once in a few appends, in order, none lost or doubled', async () => {
    const append = jest.spyOn(log, 'append');
    const decider = new StreamDecider(log);
    const texts = Array.from({ length: 64 }, (_, index) => `note ${index}`);
    const accepted = await Promise.all(texts.map((text) => send(decider, take(tenant, 'a', text))));
    expect(await textsIn('a')).toEqual(texts);
    expect(accepted.map(({ revision }) => revision)).toEqual(texts.map((_, index) => BigInt(index)));
    expect(append.mock.calls.length).toBeLessThanOrEqual(3);
  });

  it('lets an exception in one decision hit only its own command', async () => {
    const decider = new StreamDecider(log);
    const outcomes = await Promise.allSettled(
      ['1', 'refuse', '2'].map((text) => send(decider, take(tenant, 'a', text))),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await textsIn('a')).toEqual(['1', '2']);
  });

  it('lets a command that is too large hit only itself', async () => {
    const decider = new StreamDecider(log);
    const large = Array.from({ length: 20 }, (_, index) => `${index} ${'x'.repeat(60_000)}`).join('|');
    const outcomes = await Promise.allSettled(['1', large, '2'].map((text) => send(decider, take(tenant, 'a', text))));
    expect(outcomes[1]).toMatchObject({ status: 'rejected', reason: expect.any(UnstorableEvent) });
    expect(await textsIn('a')).toEqual(['1', '2']);
  });

  it('splits what does not fit into one append', async () => {
    const append = jest.spyOn(log, 'append');
    const decider = new StreamDecider(log);
    const texts = Array.from({ length: 30 }, (_, index) => `${index} ${'x'.repeat(60_000)}`);
    await Promise.all(texts.map((text) => send(decider, take(tenant, 'a', text))));
    expect((await textsIn('a')).map((text) => text.split(' ')[0])).toEqual(texts.map((_, index) => `${index}`));
    expect(append.mock.calls.length).toBe(2);
  });
});

describe('the same command again', () => {
  it('is answered as the first time, also when both come at once', async () => {
    const decider = new StreamDecider(log);
    const command = take(tenant, 'a', 'one');
    const [first, second] = await Promise.all([send(decider, command), send(decider, command)]);
    await send(decider, take(tenant, 'a', 'two'));
    const third = await send(decider, command);
    expect(first).toMatchObject({ revision: 0n, position: expect.anything() });
    expect([second, third]).toEqual([
      { ...first, repeated: true },
      { ...first, repeated: true },
    ]);
    expect(await textsIn('a')).toEqual(['one', 'two']);
  });

  it('is answered as the first time after a restart and by another process', async () => {
    const first = await send(new StreamDecider(log), take(tenant, 'a', 'one|two'));
    expect(await send(new StreamDecider(other), take(tenant, 'a', 'one|two'))).toEqual({ ...first, repeated: true });
    expect(await textsIn('a')).toEqual(['one', 'two']);
  });
});

describe('If-Match', () => {
  it.each([
    ['a revision that is past', 'later', 0n],
    ['no stream where there is one', 'later', -1n],
    ['a revision that is not there yet', 'later', 7n],
  ])('refuses %s with what it is', async (_what, text, expected) => {
    const decider = new StreamDecider(log);
    await send(decider, take(tenant, 'a', '1|2'));
    const failure = await send(decider, take(tenant, 'a', text, expected)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StaleRevision);
    expect(failure).toMatchObject({ expected, actual: 1n });
    expect(await textsIn('a')).toEqual(['1', '2']);
  });

  it('is compared with the revision that the command meets in its group', async () => {
    const decider = new StreamDecider(log);
    const outcomes = await Promise.allSettled([
      send(decider, take(tenant, 'a', '1', -1n)),
      send(decider, take(tenant, 'a', '2', 0n)),
      send(decider, take(tenant, 'a', '3', 0n)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  });
});

it('hands the facts of other aggregates to the decision', async () => {
  const decider = new StreamDecider(log);
  const decide = (_command: TakeNote, _state: Notes, fact: string) =>
    [{ type: 'NoteTaken', data: { text: fact } }] as const;
  await decider.execute(notes, take(tenant, 'a', 'x'), decide, 'a fact');
  expect(await textsIn('a')).toEqual(['a fact']);
});

describe('facts of other records', () => {
  const known = async (decider: StreamDecider): Promise<readonly string[]> =>
    (await decider.facts.load(notes, tenant, 'a')).state.texts;
  const at = (milliseconds: number) => jest.spyOn(performance, 'now').mockReturnValue(milliseconds);

  it('show at once what this process has written', async () => {
    const decider = new StreamDecider(log);
    expect(await known(decider)).toEqual([]);
    await send(decider, take(tenant, 'a', 'one'));
    expect(await known(decider)).toEqual(['one']);
  });
  it('show what others have written within a quarter of a second, with one read for all who ask', async () => {
    const decider = new StreamDecider(log);
    at(1_000);
    expect(await known(decider)).toEqual([]);
    jest.restoreAllMocks();
    await send(new StreamDecider(other), take(tenant, 'a', 'one'));
    const reads = jest.spyOn(log, 'readStream');
    at(1_249);
    expect(await known(decider)).toEqual([]);
    expect(reads).not.toHaveBeenCalled();
    at(1_250);
    expect(await Promise.all([known(decider), known(decider)])).toEqual([['one'], ['one']]);
    expect(reads).toHaveBeenCalledTimes(1);
  });
});

it('any interleaving of commands and repeats over two deciders equals a sequential fold', async () => {
  const step = fc.record({
    by: fc.integer({ min: 0, max: 1 }),
    text: fc.integer({ min: 0, max: 9 }),
    wait: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      tenant = aTenant();
      const deciders = [new StreamDecider(log), new StreamDecider(other)];
      const running: Promise<Accepted>[] = [];
      for (const { by, text, wait } of steps) {
        const sent = send(deciders[by]!, take(tenant, 'a', `${text}|${text} again`));
        running.push(sent);
        if (wait) await sent;
      }
      const accepted = await Promise.all(running);
      const stored = await all(log.readStream({ category: 'notes', tenant, id: 'a' }));
      const texts = await textsIn('a');
      const wanted = [...new Set(steps.map(({ text }) => text))];
      expect([...texts].sort()).toEqual(wanted.flatMap((text) => [`${text}`, `${text} again`]).sort());
      expect(new Set(stored.map(({ id }) => id)).size).toBe(stored.length);
      expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, index) => BigInt(index)));
      for (const [index, { eventIds, revision }] of accepted.entries()) {
        expect(stored.slice(Number(revision) - 1, Number(revision) + 1).map(({ id }) => id)).toEqual(eventIds);
        expect(texts[Number(revision) - 1]).toBe(`${steps[index]!.text}`);
      }
      for (const decider of deciders) expect((await decider.load(notes, tenant, 'a')).state.texts).toEqual(texts);
    }),
    { numRuns: 40 },
  );
});

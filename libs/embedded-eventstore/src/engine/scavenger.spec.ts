import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anEngine, append, durable, everything, valuesOf } from '../../spec-support/engines.js';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { ANY } from '../codec/append-requests.js';
import { recordData, recordType } from '../codec/recorded-event.js';
import { newUuid } from '../codec/uuid.js';
import type { Engine } from './engine.js';
import { Scavenger } from './scavenger.js';

describe('A scavenge', () => {
  let folder: string;
  let engine: Engine;
  let scavenger: Scavenger;
  beforeEach(() => {
    folder = aFolder();
    open();
  });
  afterEach(async () => {
    await engine.close();
    removeFolder(folder);
  });

  function open(): void {
    engine = anEngine(folder);
    scavenger = new Scavenger(engine, folder);
  }

  async function reopened(): Promise<void> {
    await engine.close();
    open();
  }

  async function given(stream: string, count: number, metadata?: string): Promise<void> {
    if (metadata !== undefined) await append(engine, `$$${stream}`, metadata);
    for (let index = 0; index < count; index++) await append(engine, stream, String(index));
  }

  async function whenScavenged(): Promise<void> {
    scavenger.start();
    await scavenger.idle;
    await durable(engine, engine.log.nextPosition - 1);
  }

  const of = (stream: string): string[] => everything(engine).filter((value) => value.startsWith(`${stream}=`));
  const bytes = (): number =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

  /** Nothing that could be read before is lost, in this process and in the next one. */
  async function expectBoth(look: () => unknown, expected: unknown): Promise<void> {
    expect(look()).toEqual(expected);
    await reopened();
    expect(look()).toEqual(expected);
  }

  it('given $maxCount, when it runs, then only what readers see stays, and takes less room', async () => {
    await given('a', 30, '{"$maxCount":3}');
    await given('b', 5);
    const before = bytes();
    await whenScavenged();
    expect(bytes()).toBeLessThan(before);
    await expectBoth(
      () => [valuesOf(engine, 'a'), of('a')],
      [
        ['27', '28', '29'],
        ['a=27', 'a=28', 'a=29'],
      ],
    );
    expect(valuesOf(engine, 'b')).toEqual(['0', '1', '2', '3', '4']);
    await append(engine, 'a', 'next');
    expect(valuesOf(engine, 'a')).toEqual(['28', '29', 'next']);
  });

  it('given $tb and a soft deletion, when it runs, then the last event stays for its revision', async () => {
    await given('cut', 6, '{"$tb":4}');
    await given('gone', 6);
    const deletion = engine.delete('gone', ANY, false);
    if (deletion.kind === 'written') await durable(engine, deletion.until);
    await whenScavenged();
    await expectBoth(() => [of('cut'), of('gone')], [['cut=4', 'cut=5'], ['gone=5']]);
    await append(engine, 'gone', 'again');
    expect(valuesOf(engine, 'gone')).toEqual(['again']);
    expect(engine.streams.find('gone')?.last).toBe(6);
  });

  it('given $maxAge, when it runs, then what has aged goes', async () => {
    await given('old', 6);
    await append(engine, '$$old', '{"$maxAge":1}');
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5000);
    await append(engine, 'old', 'young');
    await whenScavenged();
    now.mockRestore();
    expect(of('old')).toEqual(['old=young']);
  });

  it('given a tombstone, when it runs, then all but the tombstone goes', async () => {
    await given('dead', 6, '{"$maxCount":5}');
    const deletion = engine.delete('dead', ANY, true);
    if (deletion.kind === 'written') await durable(engine, deletion.until);
    await whenScavenged();
    await expectBoth(() => [of('dead'), of('$$dead')], [['dead='], []]);
    expect(engine.append('dead', ANY, []).kind).toBe('deleted');
    const metastream = engine.streams.find('$$dead');
    expect(metastream !== undefined && engine.streams.isTombstoneVisible(metastream)).toBe(true);
  });

  it('given old metadata, when it runs, then only the last of a stream stays and still counts', async () => {
    await append(engine, '$$a', '{"$maxCount":5}');
    await given('a', 4, '{"$maxCount":2}');
    await whenScavenged();
    await expectBoth(() => [of('$$a'), valuesOf(engine, 'a')], [['$$a={"$maxCount":2}'], ['2', '3']]);
  });

  it('given positions, when it has run, then those that stay are the same and those that went can be read from', async () => {
    await given('a', 20, '{"$maxCount":2}');
    const positions = Array.from(
      { length: 20 },
      (_, revision) => engine.streams.find('a')?.positions.at(revision) as number,
    );
    await whenScavenged();
    expect([18, 19].map((revision) => engine.streams.find('a')?.positions.at(revision))).toEqual(positions.slice(18));
    const gone = positions[3] as number;
    expect(engine.log.isPosition(gone)).toBe(true);
    expect(engine.log.events.at(engine.log.events.lowerBound(gone))).toBe(positions[18]);
    const all = Array.from({ length: engine.log.events.length }, (_, index) => engine.log.events.at(index));
    expect(all).toEqual([...all].sort((one, other) => one - other));
  });

  it('given higher limits afterwards, when the stream is read, then it begins with what is left', async () => {
    await given('a', 10, '{"$maxCount":2}');
    await whenScavenged();
    await append(engine, '$$a', '{"$maxCount":100}');
    await expectBoth(() => valuesOf(engine, 'a'), ['8', '9']);
  });

  it('given an event that went, when it is appended again, then it is written as a new one', async () => {
    const id = newUuid();
    await append(engine, 'a', 'first', id);
    await given('a', 10, '{"$maxCount":2}');
    await whenScavenged();
    await append(engine, 'a', 'first', id);
    expect(valuesOf(engine, 'a')).toEqual(['9', 'first']);
  });

  it('given appends that go on, when it runs, then each of them is there', async () => {
    await given('a', 40, '{"$maxCount":2}');
    scavenger.start();
    for (let index = 0; index < 20; index++) await append(engine, 'b', String(index));
    await scavenger.idle;
    await expectBoth(
      () => valuesOf(engine, 'b'),
      Array.from({ length: 20 }, (_, index) => String(index)),
    );
  });

  it('given one that is stopped, when the next one runs, then it does the rest, and both are told of', async () => {
    await given('a', 40, '{"$maxCount":2}');
    const id = scavenger.start();
    expect(scavenger.stop('another')).toBe(false);
    expect(scavenger.stop(id)).toBe(true);
    await scavenger.idle;
    expect(of('a')).toHaveLength(40);
    await whenScavenged();
    expect(of('a')).toHaveLength(2);
    const told = engine.streams.find(`$scavenges-${id}`);
    const last = engine.log.read(told?.positions.at(1) as number);
    expect(recordType(last).toString()).toBe('$scavengeCompleted');
    expect(JSON.parse(recordData(last).toString())).toMatchObject({ scavengeId: id, result: 'Stopped' });
    expect(engine.streams.find('$scavenges')?.visible).toBe(2);
  });

  it('given one that a crash interrupted, when the store starts, then it goes on with it', async () => {
    await given('a', 40, '{"$maxCount":2}');
    await engine.close();
    writeFileSync(join(folder, 'scavenge-running.txt'), 'the-id');
    writeFileSync(join(folder, 'events-0000000000000064.log.draft'), 'half of it');
    open();
    scavenger.resume();
    await scavenger.idle;
    expect(of('a')).toHaveLength(2);
    expect(readdirSync(folder).filter((name) => /draft|running/.test(name))).toEqual([]);
  });

  it('given two that follow one another, when the second runs, then what became unreadable between goes too', async () => {
    await given('a', 20, '{"$maxCount":10}');
    await whenScavenged();
    await append(engine, '$$a', '{"$maxCount":3}');
    await whenScavenged();
    await expectBoth(() => of('a'), ['a=17', 'a=18', 'a=19']);
  });
});

import { someSettings } from '../../spec-support/a-group.js';
import { TestDisk } from '../../spec-support/disks.js';
import { append, SMALL_SEGMENT, valuesOf } from '../../spec-support/engines.js';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { ANY } from '../codec/append-requests.js';
import { recordData } from '../codec/recorded-event.js';
import { Engine } from './engine.js';
import { PersistentSubscriptions } from './persistent-subscriptions/persistent-subscriptions.js';

describe('What is kept in mind of streams', () => {
  const disk = new TestDisk();
  let folder: string;
  let engine: Engine;
  beforeEach(() => {
    disk.isFull = false;
    folder = aFolder();
    engine = new Engine(folder, disk.open);
  });
  afterEach(async () => {
    await engine.close();
    removeFolder(folder);
  });

  const names = (): string[] => Array.from(engine.streams.all(), ({ name }) => name).sort();
  const namesOfOthers = (): string[] => names().filter((name) => !name.includes('$persistent'));

  it('given a group on a stream to which nothing is written, when the group is deleted, then nothing is left of it', () => {
    const groups = new PersistentSubscriptions(engine);
    const before = names();
    const done = (): void => {};
    groups.create(
      { source: 'new', group: 'g', startFrom: 'start', filter: undefined, settings: someSettings() },
      'admin',
      done,
    );
    expect(namesOfOthers()).toEqual([...before, 'new'].sort());
    groups.delete('new', 'g', 'admin', done);
    groups.close();
    expect(namesOfOthers()).toEqual(before);
  });

  it('given a full disk, when appends, metadata and deletions are refused, then nothing is left of their streams', async () => {
    await append(engine, 'kept', '1');
    const before = names();
    disk.isFull = true;
    await Promise.all([
      expect(append(engine, 'a', '1')).rejects.toThrow(),
      expect(append(engine, '$$b', '{"$maxCount":1}')).rejects.toThrow(),
      expect(append(engine, '$$kept', '{"$maxCount":1}')).rejects.toThrow(),
      expect(append(engine, 'c', '1')).rejects.toThrow(),
    ]);
    engine.delete('d', ANY, true);
    const deleted = engine.log.nextPosition - 1;
    await new Promise<void>((resolve) => engine.log.whenDurable(deleted, () => resolve()));
    expect(names()).toEqual(before);
    disk.isFull = false;
    await append(engine, 'd', '1');
    await append(engine, 'kept', '2');
    expect([valuesOf(engine, 'd'), valuesOf(engine, 'kept')]).toEqual([['1'], ['1', '2']]);
  });

  it('given a stream that is followed and nothing that is cached, when it is written to, then the follower hears of it', async () => {
    const other = aFolder();
    const forgetful = new Engine(other, undefined, { segmentBytes: SMALL_SEGMENT, cachedRanges: 0 });
    for (let index = 0; index < 20; index++) await append(forgetful, index < 2 ? 'cold' : 'a', String(index));
    await forgetful.log.sealed();
    const stream = forgetful.streams.find('cold');
    const heard: string[] = [];
    if (stream !== undefined) forgetful.streams.follow(stream, (record) => heard.push(recordData(record).toString()));
    await new Promise<void>((resolve) => setImmediate(resolve));
    await append(forgetful, 'cold', 'next');
    expect([heard, stream?.visible]).toEqual([['next'], 3]);
    await forgetful.close();
    removeFolder(other);
  });
});

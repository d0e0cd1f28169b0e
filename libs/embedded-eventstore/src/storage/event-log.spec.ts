import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderInUseError } from '@app/embedded-host';
import { TestDisk } from '../../spec-support/disks.js';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { KIND_EVENT, recordData } from '../codec/recorded-event.js';
import { newUuid } from '../codec/uuid.js';
import { DamagedLogError, DiskFullError, ReadOnlyDiskError, StorageFailedError } from './errors.js';
import { EventLog } from './event-log.js';

class OpenLog {
  readonly recovered: string[] = [];
  readonly committed: string[] = [];
  readonly rolledBack: string[] = [];
  readonly log: EventLog<string>;

  constructor(folder: string, disk = new TestDisk()) {
    const text = (record: Buffer): string => recordData(record).toString();
    this.log = new EventLog<string>(
      folder,
      {
        *onSealed() {},
        onRecovered: (record) => this.recovered.push(text(record)),
        onCommitted: (records) => this.committed.push(...records.map(({ record }) => text(record))),
        onRolledBack: (records) => this.rolledBack.push(...records.map(({ record }) => text(record))),
        onFailed: () => {},
      },
      disk.open,
    );
  }

  /** Adds events and waits until they are durable. */
  async add(...values: string[]): Promise<void> {
    await this.addWithoutWaiting(...values);
  }

  addWithoutWaiting(...values: string[]): Promise<void> {
    for (const value of values) this.addOne(value);
    const position = this.log.nextPosition - 1;
    return new Promise((resolve, reject) =>
      this.log.whenDurable(position, (error) => (error === undefined ? resolve() : reject(error))),
    );
  }

  private addOne(value: string): void {
    const position = this.log.nextPosition;
    const [stream, type, metadata] = [Buffer.from('s'), Buffer.from('T'), Buffer.alloc(0)];
    const head = { kind: KIND_EVENT, position, revision: 0, stream, type, metadata, id: newUuid(), isJson: false };
    this.log.add({ ...head, createdMs: 1_700_000_000_000, data: Buffer.from(value) }, value);
  }
}

describe('The event log', () => {
  let folder: string;
  const file = (): string => join(folder, 'events-0000000000000064.log');
  beforeEach(() => (folder = aFolder()));
  afterEach(() => removeFolder(folder));

  /** A log of three batches, closed. */
  async function givenThreeBatches(): Promise<void> {
    const opened = new OpenLog(folder);
    for (const batch of [['a', 'b'], ['c'], ['d', 'e']]) await opened.add(...batch);
    await opened.log.close();
  }

  function whenOpened(): string[] {
    const opened = new OpenLog(folder);
    void opened.log.close();
    return opened.recovered;
  }

  it('given written events, when it is opened again, then they come back in their order', async () => {
    await givenThreeBatches();
    expect(whenOpened()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('given many appends at once, when they are committed, then they share their syncs', async () => {
    const disk = new TestDisk();
    const opened = new OpenLog(folder, disk);
    await Promise.all(Array.from({ length: 100 }, (_, index) => opened.addWithoutWaiting(String(index))));
    expect(disk.syncs).toBeLessThan(5);
    await opened.log.close();
  });

  it('given a last batch that is torn anywhere, when it is opened, then that batch is cut and set aside', async () => {
    await givenThreeBatches();
    const whole = readFileSync(file());
    for (const lost of [1, 50, 100, 200, 300]) {
      writeFileSync(file(), whole);
      truncateSync(file(), whole.length - lost);
      expect(whenOpened()).toEqual(['a', 'b', 'c']);
    }
    expect(readdirSync(folder).some((name) => name.startsWith('torn-tail-'))).toBe(true);
  });

  it('given a cut tail, when more is written, then it follows the last whole batch', async () => {
    await givenThreeBatches();
    truncateSync(file(), readFileSync(file()).length - 10);
    const opened = new OpenLog(folder);
    await opened.add('f');
    await opened.log.close();
    expect(whenOpened()).toEqual(['a', 'b', 'c', 'f']);
  });

  it('given a flipped bit before whole batches, when it is opened, then it refuses and changes nothing', async () => {
    await givenThreeBatches();
    const damaged = readFileSync(file());
    damaged[170] = (damaged[170] as number) ^ 4;
    writeFileSync(file(), damaged);
    expect(whenOpened).toThrow(DamagedLogError);
    expect(whenOpened).toThrow(
      /64\.log is damaged at byte 64 \(position 64, stream s\)\..* Events behind it are whole\. Nothing was changed/,
    );
    expect(readFileSync(file())).toEqual(damaged);
  });

  it('given a bit that flips under a running log, when the event is read, then the damage is reported', async () => {
    const opened = new OpenLog(folder);
    await opened.add('a', 'b');
    const damaged = readFileSync(file());
    damaged[170] = (damaged[170] as number) ^ 4;
    writeFileSync(file(), damaged);
    expect(() => opened.log.read(opened.log.events.at(0))).toThrow(DamagedLogError);
    expect(recordData(opened.log.read(opened.log.events.at(1))).toString()).toBe('b');
    await opened.log.close();
  });

  it('given a full disk, when events are added, then they are refused until there is room', async () => {
    const disk = new TestDisk();
    const opened = new OpenLog(folder, disk);
    await opened.add('a');
    disk.isFull = true;
    await expect(opened.add('b', 'c')).rejects.toThrow(DiskFullError);
    expect(opened.rolledBack).toEqual(['c', 'b']);
    expect(recordData(opened.log.read(opened.log.events.at(0))).toString()).toBe('a');
    disk.isFull = false;
    await opened.add('d');
    await opened.log.close();
    expect(whenOpened()).toEqual(['a', 'd']);
  });

  it('given a read-only disk, when events are added, then they are refused until it is writable', async () => {
    const disk = new TestDisk();
    const opened = new OpenLog(folder, disk);
    await opened.add('a');
    disk.isReadOnly = true;
    await expect(opened.add('b')).rejects.toThrow(ReadOnlyDiskError);
    expect(opened.rolledBack).toEqual(['b']);
    expect(recordData(opened.log.read(opened.log.events.at(0))).toString()).toBe('a');
    disk.isReadOnly = false;
    await opened.add('c');
    await opened.log.close();
    expect(whenOpened()).toEqual(['a', 'c']);
  });

  it('given a failed sync, when more is added, then the log stays failed for good', async () => {
    const disk = new TestDisk();
    const opened = new OpenLog(folder, disk);
    await opened.add('a');
    disk.failsToSync = true;
    await expect(opened.add('b')).rejects.toThrow(StorageFailedError);
    disk.failsToSync = false;
    expect(opened.log.failure?.message).toMatch(/No further event is accepted: check the disk, then start again/);
    expect(opened.committed).toEqual(['a']);
    await opened.log.close();
  });

  it('given an open log, when its folder is opened again, then that is refused', async () => {
    const opened = new OpenLog(folder);
    expect(() => new OpenLog(folder)).toThrow(FolderInUseError);
    await opened.log.close();
    expect(whenOpened()).toEqual([]);
  });

  it('given a file of another kind, when it is opened as a log, then it is refused and left alone', () => {
    writeFileSync(file(), 'x'.repeat(100));
    expect(whenOpened).toThrow(/is no event log of this version/);
    expect(readFileSync(file(), 'utf8')).toBe('x'.repeat(100));
  });
});

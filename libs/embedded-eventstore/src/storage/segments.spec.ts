import { readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anEngine, append, everything, valuesOf } from '../../spec-support/engines.js';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { newUuid } from '../codec/uuid.js';
import type { Engine } from '../engine/engine.js';
import { DamagedLogError } from './errors.js';

describe('The segments of the log', () => {
  let folder: string;
  beforeEach(() => (folder = aFolder()));
  afterEach(() => removeFolder(folder));

  const files = (ending: string): string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => join(folder, name));
  const values = Array.from({ length: 40 }, (_, index) => `a-${index % 3}=${index}`);

  /** Forty events of three streams in several segments, closed. */
  async function givenSegments(): Promise<void> {
    const engine = anEngine(folder);
    for (const value of values) await append(engine, ...(value.split('=') as [string, string]));
    await engine.close();
  }

  async function whenOpened<T>(look: (engine: Engine) => T | Promise<T>): Promise<T> {
    const engine = anEngine(folder);
    try {
      return await look(engine);
    } finally {
      await engine.close();
    }
  }

  it('given more events than a segment holds, when it is opened again, then all are there in their order', async () => {
    await givenSegments();
    expect(files('.log').length).toBeGreaterThan(5);
    expect(files('.index')).toHaveLength(files('.log').length - 1);
    expect(await whenOpened(everything)).toEqual(values);
    expect(await whenOpened((engine) => valuesOf(engine, 'a-1'))).toEqual(
      values.filter((value) => value.startsWith('a-1=')).map((value) => value.slice(4)),
    );
  });

  it('given an index, when the store is opened, then it is believed without reading the segment', async () => {
    await givenSegments();
    const [first = ''] = files('.log');
    const bytes = readFileSync(first);
    bytes[bytes.length - 200] = (bytes[bytes.length - 200] as number) ^ 1;
    writeFileSync(first, bytes);
    await whenOpened((engine) => {
      expect(engine.log.events.length).toBe(values.length + 1);
      expect(() => everything(engine)).toThrow(DamagedLogError);
    });
  });

  it.each(['missing', 'damaged', 'of another file'])(
    'given an index that is %s, when the store is opened, then it is made again from the segment',
    async (how) => {
      await givenSegments();
      const [first = '', second = ''] = files('.index');
      if (how === 'missing') rmSync(first);
      else if (how === 'of another file') writeFileSync(first, readFileSync(second));
      else truncateSync(first, statSync(first).size - 1);
      expect(await whenOpened(everything)).toEqual(values);
      expect(statSync(first).size).toBeGreaterThan(100);
    },
  );

  it('given metadata in an old segment, when the store is opened, then it counts', async () => {
    const engine = anEngine(folder);
    await append(engine, '$$a', '{"$maxCount":2}');
    for (let index = 0; index < 20; index++) await append(engine, 'a', String(index));
    await engine.close();
    expect(await whenOpened((opened) => valuesOf(opened, 'a'))).toEqual(['18', '19']);
  });

  it('given an event in an old segment, when it is appended again after a restart, then it is recognised', async () => {
    const engine = anEngine(folder);
    const id = newUuid();
    const position = await append(engine, 'a', 'first', id);
    for (let index = 0; index < 20; index++) await append(engine, 'b', String(index));
    await engine.close();
    expect(await whenOpened((opened) => append(opened, 'a', 'first', id))).toBe(position);
  });

  it('given a segment that is gone, when the store is opened, then it is named', async () => {
    await givenSegments();
    const [, second = ''] = files('.log');
    rmSync(second);
    await expect(whenOpened(everything)).rejects.toThrow(`${second} is missing`);
  });

  it('given a sealed segment that is cut, when the store is opened, then it is refused and nothing is cut off', async () => {
    await givenSegments();
    const [first = ''] = files('.log');
    truncateSync(first, statSync(first).size - 300);
    await expect(whenOpened(everything)).rejects.toThrow(/is missing: .* begins at position/);
    expect(files('torn-tail.bin')).toEqual([]);
  });

  it('given a flipped bit in a sealed segment, when it is read, then file, byte, position and stream are named', async () => {
    await givenSegments();
    const [first = ''] = files('.log');
    const bytes = readFileSync(first);
    const at = bytes.lastIndexOf('a-0');
    bytes[at + 6] = (bytes[at + 6] as number) ^ 1;
    writeFileSync(first, bytes);
    const damage = /events-0+64\.log is damaged at byte (\d+) \(position \1, stream a-0\)\. Put back a backup/;
    await whenOpened((engine) => expect(() => everything(engine)).toThrow(damage));
    rmSync(files('.index')[0] as string);
    await expect(whenOpened(everything)).rejects.toThrow(damage);
  });

  it('given a folder of version 1, when it is opened, then its events are there and it has version 2', async () => {
    const engine = anEngine(folder);
    await append(engine, 'a', 'old');
    await engine.close();
    const [file = ''] = files('.log');
    const bytes = readFileSync(file);
    bytes.fill(0, 0, 64).write('CIVIC-LEDGER-EVENT-LOG-1\n', 'latin1');
    writeFileSync(file, bytes);
    renameSync(file, join(folder, 'events.log'));
    expect(await whenOpened(everything)).toEqual(['a=old']);
    expect(files('.log')).toEqual([file]);
    expect(await whenOpened(everything)).toEqual(['a=old']);
  });

  it('given a folder of a later version, when it is opened, then it is refused and left alone', async () => {
    await givenSegments();
    const file = files('.log').at(-1) as string;
    const bytes = readFileSync(file);
    bytes.write('CIVIC-LEDGER-EVENT-LOG-3\n', 'latin1');
    writeFileSync(file, bytes);
    await expect(whenOpened(everything)).rejects.toThrow(
      /has format 3, and this program knows formats up to 2\. Start a newer version of it/,
    );
    expect(readFileSync(file)).toEqual(bytes);
  });

  it('given a storage that failed, when it is opened, then every segment is read whatever its index says', async () => {
    await givenSegments();
    const [first = ''] = files('.log');
    const bytes = readFileSync(first);
    bytes[bytes.length - 200] = (bytes[bytes.length - 200] as number) ^ 1;
    writeFileSync(first, bytes);
    writeFileSync(join(folder, 'storage-failed.txt'), 'EIO');
    await expect(whenOpened(everything)).rejects.toThrow(DamagedLogError);
    bytes[bytes.length - 200] = (bytes[bytes.length - 200] as number) ^ 1;
    writeFileSync(first, bytes);
    expect(await whenOpened(everything)).toEqual(values);
    expect(files('failed.txt')).toEqual([]);
  });
});

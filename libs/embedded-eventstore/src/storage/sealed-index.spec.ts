import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { KIND_EVENT, KIND_TOMBSTONE, recordSize, writeRecord } from '../codec/recorded-event.js';
import { BLOCK_BYTES, BlockCache } from './block-cache.js';
import { idHash, nameHash } from './hashes.js';
import { IndexBuilder } from './index-columns.js';
import { openIndexFile } from './index-file.js';
import { encodeIndex, writeIndexFile } from './index-writing.js';
import { SealedIndex } from './sealed-index.js';
import { atOnce } from './steps.js';
import { streamKey } from './stream-key.js';

const OF = { base: 64, size: 1000, generation: 0 };
const STREAMS = 700;
const EVENTS = 3000;
const REPEATS = 1200;

interface Written {
  stream: string;
  revision: number;
  id: Buffer;
  position: number;
}

const nameOf = (number: number): string => `stream-${number}`;
function idOf(number: number): Buffer {
  const id = Buffer.alloc(16);
  id.writeUInt32LE(number, 4);
  return id;
}

describe('The index of a sealed segment', () => {
  let folder: string;
  let path: string;
  let index: SealedIndex;
  const written: Written[] = [];
  const builder = new IndexBuilder();

  function add(stream: string, revision: number, number: number, kind = KIND_EVENT): void {
    const position = 64 + 100 * written.length;
    const [type, nothing, id] = [Buffer.from('T'), Buffer.alloc(0), idOf(number)];
    const head = { kind, position, revision, stream: Buffer.from(stream), type, id };
    const event = { ...head, isJson: false, createdMs: 0, metadata: nothing, data: nothing };
    const record = Buffer.alloc(recordSize(event));
    writeRecord(record, event);
    builder.add(record, position);
    written.push({ stream, revision, id, position });
  }

  /** Many streams, so that every column has several blocks, and one in which an id stands more often than a block holds. */
  beforeAll(() => {
    folder = aFolder();
    path = join(folder, 'events.index');
    for (let number = 0; number < EVENTS; number++)
      add(nameOf(number % STREAMS), 7 + Math.floor(number / STREAMS), number);
    for (let number = 0; number < REPEATS; number++) add('repeats', number, 1);
    add(nameOf(3), -1, 4_000_000, KIND_TOMBSTONE);
    writeIndexFile(path, atOnce(encodeIndex(atOnce(builder.finish()), OF)));
    index = opened();
  });
  afterAll(() => {
    index.close();
    removeFolder(folder);
  });

  /** With room for one block, so that nothing can be relied on to stay. */
  function opened(makeAgain: () => void = () => {}): SealedIndex {
    const file = openIndexFile(path, OF, makeAgain);
    if (file === undefined) throw new Error('the index is not accepted');
    return new SealedIndex(file, new BlockCache(BLOCK_BYTES), 1_000_000);
  }

  const find = (stream: string): ReturnType<SealedIndex['find']> => index.find(streamKey(stream));
  const events = written;

  it('given a position, then its row is found, and that of the next one for a position between', () => {
    expect(index.positions.length).toBe(events.length);
    for (const [row, { position }] of events.entries()) {
      expect(index.positions.at(row)).toBe(position);
      expect(index.positions.lowerBound(position)).toBe(row);
      expect(index.positions.lowerBound(position - 1)).toBe(row);
    }
    expect(index.positions.lowerBound(1e9)).toBe(events.length);
    expect(index.positions.last).toBe(events.at(-1)?.position);
  });

  it('given a stream, then its revisions and their positions are found, and its tombstone', () => {
    for (const name of [...Array.from({ length: STREAMS }, (_, number) => nameOf(number)), 'repeats']) {
      const expected = events.filter(({ stream, revision }) => stream === name && revision >= 0);
      const range = find(name);
      if (range === undefined) throw new Error(`${name} is not found`);
      expect([range.first, range.count, range.tombstone > 0]).toEqual([
        expected[0]?.revision,
        expected.length,
        name === nameOf(3),
      ]);
      expect(expected.map(({ revision }) => index.streamPosition(range, revision))).toEqual(
        expected.map(({ position }) => position),
      );
    }
    expect(find('none')).toBeUndefined();
    const { nameHash, digest } = streamKey('repeats');
    expect(index.find({ nameHash, digest: digest.slice(0, 4).padEnd(16, 'x') })).toBeUndefined();
  });

  it('given an id and a stream, then the lowest position that matches is found', () => {
    for (const { stream, id, position } of events.slice(0, EVENTS))
      expect(index.findId(idHash(id, nameHash(stream)), () => true)).toBe(position);
    const hash = idHash(idOf(1), nameHash('repeats'));
    const positions = events.filter(({ stream }) => stream === 'repeats').map(({ position }) => position);
    for (const wanted of positions) expect(index.findId(hash, (position) => position >= wanted)).toBe(wanted);
    expect(index.findId(hash, () => false)).toBeUndefined();
    expect(index.findId(idHash(idOf(9_999_999), 1), () => true)).toBeUndefined();
  });

  it('given all streams, then each is told once with its name', () => {
    const names = Array.from(index.streams(), ({ name }) => name);
    expect(names.sort()).toEqual([...new Set(events.map(({ stream }) => stream))].sort());
  });

  it('given absent ids, then hardly any is looked for on the disk', () => {
    const file = openIndexFile(path, OF, () => {});
    let taken = 0;
    for (let number = 0; number < 100_000; number++)
      if (file?.ids.mayHold(idHash(idOf(5_000_000 + number), number)) === true) taken += 1;
    file?.close();
    expect(taken).toBeLessThan(1500);
  });

  it.each([0, 1, 2])('given a damaged block, when it is read, then the file is made again (%d)', (from) => {
    const whole = readFileSync(path);
    const damaged = Buffer.from(whole);
    const blocks = Math.floor(whole.length / BLOCK_BYTES);
    const at = whole.length - (Math.floor((blocks * from) / 4) + 1) * BLOCK_BYTES + 8;
    damaged[at] = (damaged[at] as number) ^ 1;
    writeFileSync(path, damaged);
    let made = 0;
    const other = opened(() => {
      made += 1;
      writeFileSync(path, whole);
    });
    expect(Array.from(other.streams()).length).toBe(STREAMS + 1);
    for (const { stream, id, position } of events.slice(0, EVENTS))
      expect(other.findId(idHash(id, nameHash(stream)), () => true)).toBe(position);
    for (const { stream, revision, position } of events.slice(0, EVENTS)) {
      const range = other.find(streamKey(stream));
      expect(range === undefined ? 0 : other.streamPosition(range, revision)).toBe(position);
    }
    expect(made).toBe(1);
    other.close();
  });
});

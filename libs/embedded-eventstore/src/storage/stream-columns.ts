import { BLOCK_BYTES } from './block-cache.js';
import { nameHash, orderOf } from './hashes.js';
import { BLOCK_ROOM, ENTRY, MOST_BESIDE, SLOTS, writeEntriesOf, writeEntry } from './stream-block.js';
import { DIGEST, digestOf, digestStart } from './stream-key.js';
import { byRows, type Steps } from './steps.js';

/** The part of an index by which streams are looked up, in the order of their digests. */
export interface StreamColumns {
  nameHashes: Uint32Array;
  /** How many blocks of `streams` hold entries. */
  streamBlocks: number;
  /** Blocks of entries, and the positions for which these have no room; of each stream side by side, by revision. */
  streams: Float64Array;
  names: Buffer;
}

/** Where entries and positions lie. */
interface Places {
  /** Of each block, the first of its streams. */
  blocks: number[];
  /** Of each stream, the first of its positions. */
  starts: Float64Array;
  /** Behind the last position. */
  end: number;
}

const PARTS = 64;

/** Collects what a segment holds of each stream. Streams are numbered as they come. */
export class StreamTally {
  /** By name, divided by hash so that growing never stops the server for long. */
  private readonly numbers = Array.from({ length: PARTS }, () => new Map<string, number>());
  private readonly names: string[] = [];
  private readonly hashes: number[] = [];
  private readonly firsts: number[] = [];
  private readonly counts: number[] = [];
  private readonly tombstones: number[] = [];
  /** Of each event the number of its stream, and its position. */
  private readonly owners: number[] = [];
  private readonly positions: number[] = [];
  private nameBytes = 0;

  numberOf(bytes: Buffer): number {
    const name = bytes.toString();
    const hash = nameHash(bytes);
    const numbers = this.numbers[hash & (PARTS - 1)] as Map<string, number>;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.push(name) - 1;
    numbers.set(name, number);
    this.hashes.push(hash);
    this.firsts.push(-1);
    this.counts.push(0);
    this.tombstones.push(0);
    this.nameBytes += bytes.length;
    return number;
  }

  hashOf(stream: number): number {
    return this.hashes[stream] as number;
  }

  addEvent(stream: number, revision: number, position: number): void {
    if (this.counts[stream] === 0) this.firsts[stream] = revision;
    this.counts[stream]! += 1;
    this.owners.push(stream);
    this.positions.push(position);
  }

  addTombstone(stream: number, position: number): void {
    this.tombstones[stream] = position;
  }

  *finish(): Steps<StreamColumns> {
    const digests = Buffer.alloc(this.names.length * DIGEST);
    const starts = new Uint32Array(this.names.length);
    yield* byRows(this.names.length, (from, to) => {
      for (let stream = from; stream < to; stream++) {
        const digest = digestOf(this.names[stream] as string);
        digests.write(digest, stream * DIGEST, 'latin1');
        starts[stream] = digestStart(digest);
      }
    });
    const order = yield* orderOf(starts);
    const places = yield* this.placesFor(order);
    const streams = new Float64Array(places.end);
    yield* this.writePositions(streams, places);
    const names = yield* this.writeEntries(Buffer.from(streams.buffer), order, digests, places);
    return { nameHashes: new Uint32Array(this.hashes), streamBlocks: places.blocks.length, streams, names };
  }

  private *placesFor(order: Uint32Array): Steps<Places> {
    const starts = new Float64Array(order.length);
    const blocks: number[] = [];
    let [room, end] = [0, 0];
    yield* byRows(order.length, (from, to) => {
      for (let index = from; index < to; index++) {
        const stream = order[index] as number;
        const count = this.counts[stream] as number;
        const beside = count > MOST_BESIDE ? 0 : count;
        if (room < ENTRY + beside * 8) {
          blocks.push(index);
          [room, end] = [BLOCK_ROOM, blocks.length * SLOTS - 1];
        }
        room -= ENTRY + beside * 8;
        end -= beside;
        starts[stream] = end;
      }
    });
    end = blocks.length * SLOTS;
    yield* byRows(order.length, (from, to) => {
      for (const stream of order.subarray(from, to)) {
        const count = this.counts[stream] as number;
        if (count <= MOST_BESIDE) continue;
        starts[stream] = end;
        end += count;
      }
    });
    return { blocks, starts, end };
  }

  private *writePositions(streams: Float64Array, { starts }: Places): Steps {
    const next = starts.slice();
    yield* byRows(this.owners.length, (from, to) => {
      for (let at = from; at < to; at++) streams[next[this.owners[at] as number]!++] = this.positions[at] as number;
    });
  }

  /** Answers the names in the order of the entries. */
  private *writeEntries(bytes: Buffer, order: Uint32Array, digests: Buffer, places: Places): Steps<Buffer> {
    const names = Buffer.allocUnsafe(this.nameBytes);
    let nameAt = 0;
    for (const [number, from] of places.blocks.entries()) {
      const block = bytes.subarray(number * BLOCK_BYTES, (number + 1) * BLOCK_BYTES);
      const inBlock = order.subarray(from, places.blocks[number + 1]);
      for (const [place, stream] of inBlock.entries()) {
        const nameBytes = names.write(this.names[stream] as string, nameAt);
        nameAt += nameBytes;
        digests.copy(block, place * ENTRY, stream * DIGEST, (stream + 1) * DIGEST);
        writeEntry(block, place, {
          first: this.firsts[stream] as number,
          start: places.starts[stream] as number,
          tombstone: this.tombstones[stream] as number,
          count: this.counts[stream] as number,
          nameBytes,
        });
      }
      writeEntriesOf(block, inBlock.length);
      yield;
    }
    return names;
  }
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { BLOCK_BYTES, type BlockSource } from './block-cache.js';
import { DamagedLogError } from './errors.js';
import {
  CRC_AT,
  decodeIndexHeader,
  INDEX_HEADER,
  type IndexedFile,
  type IndexHeader,
  type IndexLayout,
  layoutOf,
} from './index-layout.js';
import { KeyFilter } from './key-filter.js';

let filesOpened = 0;

/** An open index file. What is small stays in memory, the columns are read block by block. */
export class IndexFile implements BlockSource {
  readonly number = (filesOpened += 1);
  readonly positionFences: Float64Array;
  readonly idFences: Uint32Array;
  readonly streamFences: Uint32Array;
  readonly ids: KeyFilter;
  readonly streams: KeyFilter;
  readonly layout: IndexLayout;
  private readonly checksums: Uint32Array;

  constructor(
    readonly path: string,
    private fd: number,
    readonly header: IndexHeader,
    resident: ArrayBuffer,
    private readonly makeAgain: () => void,
  ) {
    this.layout = layoutOf(header);
    const { positionFences, idFences, streamFences, blocks } = this.layout;
    this.positionFences = new Float64Array(resident, 0, positionFences);
    let at = positionFences * 8;
    const take = (words: number): Uint32Array => {
      const taken = new Uint32Array(resident, at, words);
      at += words * 4;
      return taken;
    };
    this.idFences = take(idFences);
    this.streamFences = take(streamFences);
    this.ids = new KeyFilter(take(header.idFilter));
    this.streams = new KeyFilter(take(header.streamFilter));
    this.checksums = take(blocks);
  }

  readBlock(block: number, target: Buffer): void {
    if (this.isWhole(block, target)) return;
    this.makeAgain();
    closeSync(this.fd);
    this.fd = openSync(this.path, 'r');
    if (this.isWhole(block, target)) return;
    throw new DamagedLogError(
      `${this.path} is damaged at byte ${this.offsetOf(block)}, and again after it was made anew.`,
    );
  }

  private isWhole(block: number, target: Buffer): boolean {
    const read = readSync(this.fd, target, 0, BLOCK_BYTES, this.offsetOf(block));
    return read === BLOCK_BYTES && crc32(target) === this.checksums[block];
  }

  private offsetOf(block: number): number {
    return INDEX_HEADER + this.layout.resident + block * BLOCK_BYTES;
  }

  close(): void {
    closeSync(this.fd);
  }
}

/**
 * Undefined when there is no file, or not one that is whole and was made of this segment. `makeAgain` writes the same
 * file from the segment; it is called when a block turns out to be damaged.
 */
export function openIndexFile(path: string, of: IndexedFile, makeAgain: () => void): IndexFile | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const known = readResident(fd, of);
  if (known !== undefined) return new IndexFile(path, fd, known.header, known.resident, makeAgain);
  closeSync(fd);
  return undefined;
}

function readResident(fd: number, of: IndexedFile): { header: IndexHeader; resident: ArrayBuffer } | undefined {
  const head = readExactly(fd, 0, INDEX_HEADER);
  const header = head === undefined ? undefined : decodeIndexHeader(head);
  if (head === undefined || header === undefined) return undefined;
  if (header.base !== of.base || header.size !== of.size || header.generation !== of.generation) return undefined;
  const layout = layoutOf(header);
  if (fstatSync(fd).size !== INDEX_HEADER + layout.resident + layout.blocks * BLOCK_BYTES) return undefined;
  const resident = readExactly(fd, INDEX_HEADER, layout.resident);
  if (resident === undefined) return undefined;
  if (head.readUInt32LE(CRC_AT) !== crc32(resident, crc32(head.subarray(0, CRC_AT)))) return undefined;
  return { header, resident: resident.buffer };
}

/** In a buffer of its own, whose start is aligned. */
function readExactly(fd: number, position: number, length: number): (Buffer & { buffer: ArrayBuffer }) | undefined {
  const target = Buffer.from(new ArrayBuffer(length));
  for (let at = 0; at < length;) {
    const read = readSync(fd, target, at, length - at, position + at);
    if (read === 0) return undefined;
    at += read;
  }
  return target;
}

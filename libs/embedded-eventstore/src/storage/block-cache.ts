export const BLOCK_BYTES = 4096;
/** Memory is taken in pieces of many blocks, so that it is not scattered among short-lived buffers. */
const ROOM = 256 * BLOCK_BYTES;

/** What blocks are read from. */
export interface BlockSource {
  /** Tells its blocks from those of all other sources. */
  readonly number: number;
  /** Fills `target` with a verified block. */
  readBlock(block: number, target: Buffer): void;
}

/** A block of an index. It is filled anew with another one in time, so that whoever keeps it asks `isOf` before each use. */
export class Block {
  readonly bytes: Buffer;
  readonly doubles: Float64Array;
  readonly words: Uint32Array;
  key = -1;
  wasUsed = false;

  constructor(room: ArrayBuffer, start: number) {
    this.bytes = Buffer.from(room, start, BLOCK_BYTES);
    this.doubles = new Float64Array(room, start, BLOCK_BYTES / 8);
    this.words = new Uint32Array(room, start, BLOCK_BYTES / 4);
  }

  isOf(source: BlockSource, block: number): boolean {
    return this.key === keyOf(source, block);
  }
}

const keyOf = ({ number }: BlockSource, block: number): number => number * 2 ** 28 + block;

/** Keeps the blocks of indexes that were read lately, never more than a number of bytes. */
export class BlockCache {
  private room = new ArrayBuffer(0);
  private readonly known = new Map<number, Block>();
  private readonly blocks: Block[] = [];
  private readonly most: number;
  private hand = 0;

  constructor(bytes: number) {
    this.most = Math.max(1, Math.floor(bytes / BLOCK_BYTES));
  }

  get(source: BlockSource, number: number): Block {
    const key = keyOf(source, number);
    const known = this.known.get(key);
    if (known !== undefined) {
      known.wasUsed = true;
      return known;
    }
    const block = this.free();
    source.readBlock(number, block.bytes);
    block.key = key;
    this.known.set(key, block);
    return block;
  }

  /** A new block while there is room, then one that was not used since the last look at it. */
  private free(): Block {
    if (this.blocks.length < this.most) {
      const start = (this.blocks.length * BLOCK_BYTES) % ROOM;
      if (start === 0) this.room = new ArrayBuffer(Math.min(ROOM, this.most * BLOCK_BYTES));
      const block = new Block(this.room, start);
      this.blocks.push(block);
      return block;
    }
    for (;;) {
      const block = this.blocks[this.hand] as Block;
      this.hand = (this.hand + 1) % this.most;
      if (block.wasUsed) {
        block.wasUsed = false;
        continue;
      }
      this.known.delete(block.key);
      block.key = -1;
      return block;
    }
  }
}

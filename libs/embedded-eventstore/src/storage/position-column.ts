import type { Block, BlockCache } from './block-cache.js';
import type { IndexFile } from './index-file.js';
import { POSITIONS_PER_BLOCK } from './index-layout.js';
import { lowerBound, type Positions } from './position-list.js';

/** Positions in an index file. Only one that has fences is searched by blocks. */
export class PositionColumn implements Positions {
  private near: Block | undefined;

  constructor(
    private readonly file: IndexFile,
    private readonly cache: BlockCache,
    private readonly firstBlock: number,
    readonly length: number,
    private readonly fences?: Float64Array,
    readonly last = 0,
  ) {}

  at(index: number): number {
    const number = this.firstBlock + Math.floor(index / POSITIONS_PER_BLOCK);
    if (this.near?.isOf(this.file, number) !== true) this.near = this.cache.get(this.file, number);
    return this.near.doubles[index % POSITIONS_PER_BLOCK] as number;
  }

  /** The index of the first position that is not below `position`. */
  lowerBound(position: number): number {
    if (this.fences === undefined) return lowerBound(this, 0, this.length, position);
    const { fences } = this;
    const behind = lowerBound({ at: (index) => fences[index] as number }, 0, fences.length, position);
    if (behind === 0) return 0;
    const from = (behind - 1) * POSITIONS_PER_BLOCK;
    return lowerBound(this, from, Math.min(from + POSITIONS_PER_BLOCK, this.length), position);
  }
}

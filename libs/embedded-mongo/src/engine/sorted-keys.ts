const CHUNK = 512;

interface Chunk {
  keys: string[];
  rids: number[];
}

/** Index of the first element of `keys` that is not below `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Keys in order, each with the number of its record: a two-level B-tree, two arrays deep. */
export class SortedKeys {
  private chunks: Chunk[] = [];
  size = 0;

  static fromSorted(keys: readonly string[], rids: readonly number[]): SortedKeys {
    const sorted = new SortedKeys();
    const step = CHUNK / 2;
    for (let at = 0; at < keys.length; at += step) {
      sorted.chunks.push({ keys: keys.slice(at, at + step), rids: rids.slice(at, at + step) });
    }
    sorted.size = keys.length;
    return sorted;
  }

  /** The chunk that holds the first key not below `key`; the number of chunks when there is none. */
  private chunkFor(key: string): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const keys = (this.chunks[middle] as Chunk).keys;
      if ((keys[keys.length - 1] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  insert(key: string, rid: number): void {
    this.size++;
    if (this.chunks.length === 0) {
      this.chunks.push({ keys: [key], rids: [rid] });
      return;
    }
    const index = Math.min(this.chunkFor(key), this.chunks.length - 1);
    const chunk = this.chunks[index] as Chunk;
    const at = lowerBound(chunk.keys, key);
    if (at === chunk.keys.length) {
      chunk.keys.push(key);
      chunk.rids.push(rid);
    } else {
      chunk.keys.splice(at, 0, key);
      chunk.rids.splice(at, 0, rid);
    }
    if (chunk.keys.length <= CHUNK) return;
    // Ascending inserts leave full chunks behind instead of half-empty ones.
    const cut = at === chunk.keys.length - 1 ? CHUNK : CHUNK / 2;
    this.chunks.splice(index + 1, 0, { keys: chunk.keys.splice(cut), rids: chunk.rids.splice(cut) });
  }

  remove(key: string): void {
    const index = this.chunkFor(key);
    const chunk = this.chunks[index];
    if (!chunk) return;
    const at = lowerBound(chunk.keys, key);
    if (chunk.keys[at] !== key) return;
    this.size--;
    chunk.keys.splice(at, 1);
    chunk.rids.splice(at, 1);
    if (chunk.keys.length === 0) this.chunks.splice(index, 1);
  }

  /** Bytes of all keys. */
  get bytes(): number {
    let bytes = 0;
    for (const { keys } of this.chunks) for (const key of keys) bytes += key.length;
    return bytes;
  }

  /** First key not below `low`, with its record. */
  first(low: string): { readonly key: string; readonly rid: number } | undefined {
    const chunk = this.chunks[this.chunkFor(low)];
    if (!chunk) return undefined;
    const at = lowerBound(chunk.keys, low);
    return { key: chunk.keys[at] as string, rid: chunk.rids[at] as number };
  }

  /** About how many keys lie in [low, high). */
  estimate(low: string, high: string): number {
    const from = this.chunkFor(low);
    const to = this.chunkFor(high);
    const first = this.chunks[from];
    if (!first) return 0;
    const last = this.chunks[to];
    const start = lowerBound(first.keys, low);
    const end = last ? lowerBound(last.keys, high) : 0;
    if (from === to) return Math.max(0, end - start);
    return Math.max(0, first.keys.length - start + (to - from - 1) * (this.size / this.chunks.length) + end);
  }

  /** Record numbers of the keys in [low, high), in order or backwards. */
  *scan(low: string, high: string, reverse: boolean): Generator<number> {
    if (low >= high) return;
    if (reverse) {
      yield* this.scanBack(low, high);
      return;
    }
    let index = this.chunkFor(low);
    let at = index < this.chunks.length ? lowerBound((this.chunks[index] as Chunk).keys, low) : 0;
    for (; index < this.chunks.length; index++, at = 0) {
      const { keys, rids } = this.chunks[index] as Chunk;
      for (; at < keys.length; at++) {
        if ((keys[at] as string) >= high) return;
        yield rids[at] as number;
      }
    }
  }

  private *scanBack(low: string, high: string): Generator<number> {
    let index = Math.min(this.chunkFor(high), this.chunks.length - 1);
    if (index < 0) return;
    let at = lowerBound((this.chunks[index] as Chunk).keys, high) - 1;
    for (;;) {
      const { keys, rids } = this.chunks[index] as Chunk;
      for (; at >= 0; at--) {
        if ((keys[at] as string) < low) return;
        yield rids[at] as number;
      }
      if (--index < 0) return;
      at = (this.chunks[index] as Chunk).keys.length - 1;
    }
  }
}

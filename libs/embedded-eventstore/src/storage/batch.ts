export interface Stored<Owner> {
  position: number;
  record: Buffer;
  owner: Owner;
}
export type Acknowledge = (error?: Error) => void;

/** What is written and synced together. */
export interface Batch<Owner> {
  start: number;
  parts: Buffer[];
  records: Stored<Owner>[];
  acknowledge: Acknowledge[];
}

const CHUNK = 1024 * 1024;

/** Gives records their room, side by side, so that a batch of many is written in few parts. */
export class BatchRoom {
  private chunk = Buffer.alloc(0);
  private used = 0;

  /** Room for the next record of a batch, added to its `parts`. */
  take(parts: Buffer[], size: number): Buffer {
    if (this.used + size > this.chunk.length) {
      this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK, size));
      this.used = 0;
    }
    const record = this.chunk.subarray(this.used, this.used + size);
    this.used += size;
    const last = parts.at(-1);
    if (last !== undefined && last.buffer === record.buffer && last.byteOffset + last.length === record.byteOffset)
      parts[parts.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + size);
    else parts.push(record);
    return record;
  }
}

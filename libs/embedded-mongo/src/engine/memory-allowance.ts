import { MongoError } from './errors.js';

/** Bytes; the limit of one blocking stage in MongoDB too, which may then go on on disk. */
const LIMIT = 100 * 1024 * 1024;

/** Counts what one sort, group or accumulator holds, and refuses it above the limit. */
export class MemoryAllowance {
  private used = 0;

  constructor(
    private readonly what: string,
    private readonly limit = LIMIT,
  ) {}

  spend(bytes: number): void {
    this.used += bytes;
    if (this.used <= this.limit) return;
    throw new MongoError(
      292,
      `${this.what} exceeded its memory limit of ${this.limit} bytes; the embedded server does not spill to disk`,
    );
  }
}

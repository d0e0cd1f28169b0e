import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '@app/embedded-host';
import {
  bareRecord,
  HEADER,
  KIND_BATCH_END,
  KIND_EMPTY_WRITE,
  type NewRecord,
  recordIsWhole,
  recordKind,
  recordSize,
  writeRecord,
} from '../codec/recorded-event.js';
import { DamagedLogError, DiskFullError, ReadOnlyDiskError, StorageFailedError } from './errors.js';
import { type LogFile, openLogFile } from './log-file.js';
import { PositionList } from './position-list.js';
import { recover } from './recovery.js';

const MAGIC = Buffer.from('CIVIC-LEDGER-EVENT-LOG-1\n');
export const FIRST_POSITION = 64;
const CHUNK = 1024 * 1024;
const PAGE = 256 * 1024;
/** Records of one stream that lie closer than this are read in one go. */
const SMALL_GAP = 16 * 1024;

export interface Stored<Owner> {
  position: number;
  record: Buffer;
  owner: Owner;
}
export type Acknowledge = (error?: Error) => void;

interface Batch<Owner> {
  start: number;
  parts: Buffer[];
  records: Stored<Owner>[];
  acknowledge: Acknowledge[];
}

export interface LogListener<Owner> {
  /** Called for every event of the log when it is opened, and never again for the same one. */
  onRecovered(record: Buffer, position: number): void;
  /** The events are on the disk. Called after their appends were acknowledged. */
  onCommitted(records: Stored<Owner>[]): void;
  /** The disk was full or read-only: these events were not written, the last one comes first. */
  onRolledBack(records: Stored<Owner>[]): void;
  onFailed(error: Error): void;
}

/** The append-only log: what is added waits for the running sync, then all of it is written and synced together. */
export class EventLog<Owner> {
  /** Where the next record will lie. */
  nextPosition = FIRST_POSITION;
  /** Everything before it is on the disk. */
  durableEnd = FIRST_POSITION;
  /** The positions of all durable events. */
  readonly events = new PositionList();
  failure: Error | undefined;
  private readonly file: LogFile;
  private readonly unlock: () => void;
  private pending: Batch<Owner>;
  private syncing: Batch<Owner> | undefined;
  private chunk = Buffer.alloc(0);
  private chunkUsed = 0;
  private scheduled = false;
  private closed = false;

  constructor(
    private readonly folder: string,
    private readonly listener: LogListener<Owner>,
    open: (path: string) => LogFile = openLogFile,
  ) {
    this.unlock = lockFolder(folder, 'embedded event store');
    let file: LogFile | undefined;
    try {
      file = open(join(folder, 'events.log'));
      this.file = file;
      this.open();
    } catch (error) {
      file?.close();
      this.unlock();
      throw error;
    }
    this.pending = this.newBatch();
  }

  private open(): void {
    const head = Buffer.alloc(FIRST_POSITION);
    if (this.file.size() < FIRST_POSITION) {
      head.set(MAGIC);
      this.file.truncate(0);
      this.file.write([head], 0);
      this.file.truncate(FIRST_POSITION);
    } else {
      this.file.read(head, 0);
      if (!head.subarray(0, MAGIC.length).equals(MAGIC))
        throw new DamagedLogError(`${this.folder}/events.log is no event log of this version. Choose another dataDir.`);
    }
    const end = recover(this.file, FIRST_POSITION, this.folder, (record, position) => {
      if (recordKind(record) === KIND_EMPTY_WRITE) return;
      this.events.push(position);
      this.listener.onRecovered(record, position);
    });
    this.keepTornTail(end);
    this.nextPosition = this.durableEnd = end;
  }

  /** What a crash left half-written was never acknowledged; it is set aside rather than thrown away. */
  private keepTornTail(end: number): void {
    const size = this.file.size();
    if (size <= end) return;
    const aside = join(this.folder, `torn-tail-${end}.bin`);
    const tail = Buffer.alloc(Math.min(size - end, 64 * 1024 * 1024));
    this.file.read(tail, end);
    if (existsSync(aside)) copyFileSync(aside, `${aside}.older`);
    writeFileSync(aside, tail);
    this.file.truncate(end);
  }

  private newBatch(): Batch<Owner> {
    return { start: this.nextPosition, parts: [], records: [], acknowledge: [] };
  }

  /** Adds an event whose position is `nextPosition`. It is not durable before whenDurable says so. */
  add(event: NewRecord, owner: Owner): Buffer {
    const record = this.allocate(recordSize(event));
    writeRecord(record, event);
    this.pending.records.push({ position: event.position, record, owner });
    return record;
  }

  /** Takes up a position without an event, as an append without events does. */
  addEmptyWrite(): number {
    const position = this.nextPosition;
    this.addBare(KIND_EMPTY_WRITE);
    return position;
  }

  private addBare(kind: number): void {
    const start = this.pending.start;
    this.allocate(HEADER).set(bareRecord(kind, start));
  }

  private allocate(size: number): Buffer {
    if (this.chunkUsed + size > this.chunk.length) {
      this.chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK, size));
      this.chunkUsed = 0;
    }
    const record = this.chunk.subarray(this.chunkUsed, this.chunkUsed + size);
    const parts = this.pending.parts;
    const last = parts.at(-1);
    if (last !== undefined && last.buffer === record.buffer && last.byteOffset + last.length === record.byteOffset)
      parts[parts.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + size);
    else parts.push(record);
    this.chunkUsed += size;
    this.nextPosition += size;
    if (!this.scheduled && this.syncing === undefined) {
      this.scheduled = true;
      setImmediate(() => this.commit());
    }
    return record;
  }

  /** Calls back once everything before `position` is on the disk, at once when it is. */
  whenDurable(position: number, acknowledge: Acknowledge): void {
    if (position < this.durableEnd) acknowledge();
    else if (this.syncing !== undefined && position < this.pending.start) this.syncing.acknowledge.push(acknowledge);
    else this.pending.acknowledge.push(acknowledge);
  }

  private commit(): void {
    this.scheduled = false;
    if (this.pending.parts.length === 0 || this.syncing !== undefined || this.failure !== undefined) return;
    this.addBareWithoutScheduling();
    const batch = this.pending;
    try {
      this.file.checkWritable();
      this.file.write(batch.parts, batch.start);
    } catch (error) {
      this.writeFailed(batch, error);
      return;
    }
    this.syncing = batch;
    this.pending = this.newBatch();
    this.file.sync((error) => this.synced(batch, error));
  }

  private addBareWithoutScheduling(): void {
    this.scheduled = true;
    this.addBare(KIND_BATCH_END);
    this.scheduled = false;
  }

  private writeFailed(batch: Batch<Owner>, error: unknown): void {
    const refusal = this.refusalFor((error as NodeJS.ErrnoException).code);
    if (refusal === undefined) {
      this.latch(error, [batch]);
      return;
    }
    try {
      // A read-only disk cannot be cut; it does not have to be, unless it became so in the middle of this write.
      if (this.file.size() > batch.start) this.file.truncate(batch.start);
    } catch (second) {
      this.latch(second, [batch]);
      return;
    }
    this.nextPosition = batch.start;
    this.pending = this.newBatch();
    this.listener.onRolledBack(batch.records.reverse());
    for (const acknowledge of batch.acknowledge) acknowledge(refusal);
  }

  /** What to answer when nothing was written and a later write may work; undefined when nobody knows. */
  private refusalFor(code: string | undefined): Error | undefined {
    if (code === 'ENOSPC' || code === 'EDQUOT') return new DiskFullError(this.folder);
    if (code === 'EROFS') return new ReadOnlyDiskError(this.folder);
    return undefined;
  }

  private synced(batch: Batch<Owner>, error: Error | null): void {
    this.syncing = undefined;
    if (this.closed) return;
    if (error !== null) {
      this.latch(error, [batch, this.pending]);
      return;
    }
    this.durableEnd = batch.start + batch.parts.reduce((sum, part) => sum + part.length, 0);
    this.commit();
    for (const acknowledge of batch.acknowledge) acknowledge();
    // A microtask later, so that the answers collected by the acknowledgements leave before the events do.
    queueMicrotask(() => {
      for (const { position } of batch.records) this.events.push(position);
      this.listener.onCommitted(batch.records);
    });
  }

  /** After a failed write or sync nobody knows what the disk holds, so nothing more is accepted. */
  private latch(cause: unknown, batches: Batch<Owner>[]): void {
    const error = new StorageFailedError(this.folder, cause);
    this.failure = error;
    for (const batch of batches) for (const acknowledge of batch.acknowledge) acknowledge(error);
    this.pending = this.newBatch();
    this.listener.onFailed(error);
  }

  /** An event that is durable or waits to be. */
  read(position: number): Buffer {
    if (position < this.durableEnd) return this.readPage(singlePosition(position), 0, 1)[0] as Buffer;
    for (const batch of [this.syncing, this.pending]) {
      const found = batch?.records.find((stored) => stored.position === position);
      if (found !== undefined) return found.record;
    }
    throw new DamagedLogError(`No event lies at position ${position}.`);
  }

  /**
   * Reads events `from` up to, not including, `to` of a list of positions, but no more than a page of neighbours.
   * Every record's checksum is verified.
   */
  readPage(list: { at(index: number): number }, from: number, to: number): Buffer[] {
    const start = list.at(from);
    let last = from;
    while (last + 1 < to && list.at(last + 1) - start < PAGE && list.at(last + 1) - list.at(last) < SMALL_GAP)
      last += 1;
    const end = Math.min(this.durableEnd, list.at(last) + SMALL_GAP / 4);
    const bytes = this.bytes(start, end - start);
    const records: Buffer[] = [];
    for (let index = from; index <= last; index++) records.push(this.recordIn(bytes, start, list.at(index)));
    return records;
  }

  private recordIn(bytes: Buffer, start: number, position: number): Buffer {
    const at = position - start;
    const length = at + 4 <= bytes.length ? bytes.readUInt32LE(at) : 0;
    const record =
      at + length <= bytes.length || position + length > this.durableEnd
        ? bytes.subarray(at, at + length)
        : this.bytes(position, length);
    if (record.length >= HEADER && recordIsWhole(record)) return record;
    throw new DamagedLogError(
      `The event at position ${position} is damaged on the disk; put back a copy of the folder.`,
    );
  }

  private bytes(position: number, length: number): Buffer {
    const target = Buffer.allocUnsafe(length);
    const read = this.file.read(target, position);
    return target.subarray(0, read);
  }

  /** The lowest index from which readPage reads up to `last` in one go. */
  pageStart(list: { at(index: number): number }, last: number, lowest: number): number {
    const end = list.at(last);
    let first = last;
    while (first > lowest && end - list.at(first - 1) < PAGE && list.at(first) - list.at(first - 1) < SMALL_GAP)
      first -= 1;
    return first;
  }

  /** Whether a position was ever given out: that of an event or of an append without events. */
  isPosition(position: number): boolean {
    const index = this.events.lowerBound(position);
    if (index < this.events.length && this.events.at(index) === position) return true;
    if (position < FIRST_POSITION || position + HEADER > this.durableEnd) return false;
    const record = this.bytes(position, HEADER);
    return record.readUInt32LE(0) === HEADER && recordKind(record) === KIND_EMPTY_WRITE && recordIsWhole(record);
  }

  /** Waits for what was added, then gives the folder back. */
  async close(): Promise<void> {
    if (this.closed) return;
    if (this.failure === undefined && this.nextPosition > this.durableEnd)
      await new Promise<void>((resolve) => this.whenDurable(this.nextPosition - 1, () => resolve()));
    this.closed = true;
    this.file.close();
    this.unlock();
  }
}

function singlePosition(position: number): { at(index: number): number } {
  return { at: () => position };
}

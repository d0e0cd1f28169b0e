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
import type { AllPositions } from './all-positions.js';
import { type Acknowledge, type Batch, BatchRoom, type Stored } from './batch.js';
import { forgetFailure, hasFailed, markFailed } from './data-folder.js';
import { type LogFile, openLogFile } from './log-file.js';
import { PageReader } from './page-reader.js';
import { recoverNewest } from './recovery.js';
import { FIRST_POSITION } from './segment.js';
import type { SealedIndex } from './sealed-index.js';
import type { SealedIndexes } from './sealed-indexes.js';
import { Segments } from './segments.js';
import { type Scavenge, scavengeSegments } from './scavenging.js';
import { Sealing } from './sealing.js';
import type { Steps } from './steps.js';
import { cutTornTail, writeAgain } from './torn-tail.js';

/** A segment that has reached this many bytes is sealed. */
const SEGMENT_BYTES = 64 * 1024 * 1024;

export interface LogListener<Owner> {
  /** The events of a segment can be looked up in its index from now on: forgets them. The next one is told when this has ended. */
  onSealed(index: SealedIndex): Steps;
  /** Called when the log is opened for every event of the newest segment, and never again for the same one. */
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
  failure: Error | undefined;
  private readonly segments: Segments;
  private readonly reader: PageReader;
  private readonly sealing: Sealing;
  private readonly unlock: () => void;
  private pending: Batch<Owner>;
  private syncing: Batch<Owner> | undefined;
  private readonly room = new BatchRoom();
  private scheduled = false;
  private sealsNext = false;
  isClosed = false;

  constructor(
    private readonly folder: string,
    private readonly listener: LogListener<Owner>,
    open: (path: string) => LogFile = openLogFile,
    private readonly segmentBytes = SEGMENT_BYTES,
    cacheBytes?: number,
    turnMs?: number,
  ) {
    this.unlock = lockFolder(folder, 'embedded event store');
    let segments: Segments | undefined;
    try {
      segments = new Segments(folder, open, cacheBytes);
      this.segments = segments;
      this.reader = new PageReader(segments);
      this.sealing = new Sealing(segments, (index) => listener.onSealed(index), turnMs);
      this.open();
    } catch (error) {
      segments?.close();
      this.unlock();
      throw error;
    }
    this.pending = this.newBatch();
  }

  /** The positions of all durable events. */
  get events(): AllPositions {
    return this.segments.events;
  }

  /** What is known of the events of sealed segments. */
  get indexes(): SealedIndexes {
    return this.segments.indexes;
  }

  private open(): void {
    this.segments.loadSealed();
    const { newest } = this.segments;
    const end = recoverNewest(newest, (record, position) => {
      if (recordKind(record) === KIND_EMPTY_WRITE) return;
      this.events.push(position);
      this.listener.onRecovered(record, position);
    });
    cutTornTail(newest, end);
    this.nextPosition = this.durableEnd = end;
    if (hasFailed(this.folder)) {
      writeAgain(newest);
      forgetFailure(this.folder);
    }
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
    this.allocate(HEADER).set(bareRecord(kind, this.pending.start));
  }

  private allocate(size: number): Buffer {
    const record = this.room.take(this.pending.parts, size);
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
      this.segments.newest.file.checkWritable();
      this.rollWhenFull(batch.start);
      const { newest } = this.segments;
      newest.file.write(batch.parts, newest.offsetOf(batch.start));
    } catch (error) {
      this.writeFailed(batch, error);
      return;
    }
    this.syncing = batch;
    this.pending = this.newBatch();
    this.segments.newest.file.sync((error) => this.synced(batch, error));
  }

  private rollWhenFull(start: number): void {
    const size = start - this.segments.newest.base;
    if (size < (this.sealsNext ? 1 : this.segmentBytes)) return;
    this.sealsNext = false;
    this.sealing.add(this.segments.roll(start));
  }

  /** Seals the newest segment with the next commit, so that what it holds can be scavenged. */
  sealNewest(): void {
    this.sealsNext = true;
  }

  /** Where the segment that still grows begins. */
  get sealedEnd(): number {
    return this.segments.newest.base;
  }

  /** Waits until the indexes of the sealed segments are written, as far as they can be. */
  async sealed(): Promise<void> {
    await this.sealing.done;
  }

  /** Takes events out of the sealed segments while appends and reads go on; answers how many bytes were saved. */
  async scavenge(scavenge: Scavenge): Promise<number> {
    const isStopped = (): boolean => this.isClosed || this.failure !== undefined || scavenge.isStopped();
    return scavengeSegments(this.segments, { ...scavenge, isStopped });
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
      const { newest } = this.segments;
      const offset = newest.offsetOf(batch.start);
      if (newest.file.size() > offset) newest.file.truncate(offset);
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
    if (this.isClosed) return;
    if (error !== null) {
      this.latch(error, [batch, this.pending]);
      return;
    }
    this.durableEnd = batch.start + batch.parts.reduce((sum, part) => sum + part.length, 0);
    this.segments.newest.end = this.durableEnd;
    for (const { position } of batch.records) this.events.push(position);
    this.commit();
    for (const acknowledge of batch.acknowledge) acknowledge();
    // A microtask later, so that the answers collected by the acknowledgements leave before the events do.
    queueMicrotask(() => this.listener.onCommitted(batch.records));
  }

  /** After a failed write or sync nobody knows what the disk holds, so nothing more is accepted. */
  private latch(cause: unknown, batches: Batch<Owner>[]): void {
    const error = new StorageFailedError(this.folder, cause);
    this.failure = error;
    markFailed(this.folder, error);
    for (const batch of batches) for (const acknowledge of batch.acknowledge) acknowledge(error);
    this.pending = this.newBatch();
    this.listener.onFailed(error);
  }

  /** An event that is durable or waits to be. */
  read(position: number): Buffer {
    if (position < this.durableEnd) return this.reader.one(position);
    for (const batch of [this.syncing, this.pending]) {
      const found = batch?.records.find((stored) => stored.position === position);
      if (found !== undefined) return found.record;
    }
    throw new DamagedLogError(`No event lies at position ${position}.`);
  }

  /** Reads events `from` up to, not including, `to` of a list of positions, but no more than a page of neighbours. */
  readPage(list: { at(index: number): number }, from: number, to: number): Buffer[] {
    return this.reader.page(list, from, to);
  }

  /** The lowest index from which readPage reads up to `last` in one go. */
  pageStart(list: { at(index: number): number }, last: number, lowest: number): number {
    return this.reader.pageStart(list, last, lowest);
  }

  /** Whether a position was ever given out: that of an event or of an append without events. */
  isPosition(position: number): boolean {
    const index = this.events.lowerBound(position);
    if (index < this.events.length && this.events.at(index) === position) return true;
    if (position < FIRST_POSITION || position + HEADER > this.durableEnd) return false;
    const segment = this.segments.at(position);
    // Nobody knows any more what was there, and whoever kept its position goes on with what follows.
    if (segment.isScavenged) return true;
    const record = Buffer.alloc(HEADER);
    segment.file.read(record, segment.offsetOf(position));
    return record.readUInt32LE(0) === HEADER && recordKind(record) === KIND_EMPTY_WRITE && recordIsWhole(record);
  }

  /** Waits for what was added, then gives the folder back. */
  async close(): Promise<void> {
    if (this.isClosed) return;
    if (this.failure === undefined && this.nextPosition > this.durableEnd)
      await new Promise<void>((resolve) => this.whenDurable(this.nextPosition - 1, () => resolve()));
    if (this.sealing.isBusy) await this.sealing.done;
    this.isClosed = true;
    this.segments.close();
    this.unlock();
  }
}

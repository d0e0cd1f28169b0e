import { KIND_TOMBSTONE, recordCreatedMs, recordId, recordKind } from '../../codec/recorded-event.js';
import type { Engine } from '../engine.js';
import type { Filter } from '../filter.js';
import { hasAged, type StreamState } from '../stream-state.js';
import { Message } from './message.js';

/** Who takes what is read. */
export interface Sink {
  arrive(message: Message): void;
  skip(position: number, count: number): void;
}

/** What a group reads, with the place where it goes on. */
export interface Source {
  /** True when everything durable was read. */
  readonly isAtEnd: boolean;
  /** How many events lie behind the place, as far as that is known without reading them. */
  readonly ahead: number;
  /** Reads on, `most` events at most, and never more than a page at a time. */
  read(most: number, sink: Sink): void;
  /** Calls back whenever there is more. */
  follow(wake: () => void): () => void;
}

export type PinOf = (record: Buffer) => string;

/** A tombstone's place behind all revisions; written out it is 2^63 - 1. */
export const TOMBSTONE_PLACE = 2 ** 63;
const PAGE = 500;

/** The page is shared and large, so a record that waits is copied out of it. */
function messageOf(record: Buffer, at: number, position: number, pinOf: PinOf): Message {
  return new Message(recordId(record).toString('latin1'), at, position, pinOf(record), false, Buffer.from(record));
}

/** One stream from a revision on. Truncated and expired events are passed by when they are reached. */
export class StreamSource implements Source {
  private readonly stream: StreamState;

  constructor(
    private readonly engine: Engine,
    name: string,
    private next: number,
    private readonly pinOf: PinOf,
  ) {
    this.stream = engine.streams.findOrNew(name);
  }

  private get hasTombstone(): boolean {
    return this.engine.streams.isTombstoneVisible(this.stream) && this.next <= TOMBSTONE_PLACE;
  }

  get isAtEnd(): boolean {
    return this.next >= this.stream.visible && !this.hasTombstone;
  }

  get ahead(): number {
    return Math.max(0, this.stream.visible - this.next);
  }

  read(most: number, sink: Sink): void {
    const { stream, engine } = this;
    if (this.hasTombstone) {
      this.readTombstone(sink);
      return;
    }
    const metadata = stream.visibleMetadata;
    const { visible } = stream;
    if (metadata.softDeleted) this.next = Math.max(this.next, visible);
    this.next = Math.max(this.next, Math.min(stream.firstVisible, visible));
    if (this.next >= visible) return;
    const records = engine.log.readPage(stream.positions, this.next, Math.min(visible, this.next + most));
    const now = Date.now();
    for (const record of records) {
      const revision = this.next;
      this.next += 1;
      if (!hasAged(metadata, recordCreatedMs(record), now))
        sink.arrive(messageOf(record, stream.positions.at(revision), revision, this.pinOf));
    }
  }

  /** The tombstone is the last event of its stream, and the only one that can still be read. */
  private readTombstone(sink: Sink): void {
    const at = this.stream.tombstonePosition;
    this.next = Number.POSITIVE_INFINITY;
    if (at !== undefined) sink.arrive(messageOf(this.engine.log.read(at), at, TOMBSTONE_PLACE, this.pinOf));
  }

  follow(wake: () => void): () => void {
    const { stream } = this;
    const { streams } = this.engine;
    streams.follow(stream, wake);
    return () => streams.unfollow(stream, wake);
  }
}

/** `$all` from a log position on, through a filter. */
export class AllSource implements Source {
  constructor(
    private readonly engine: Engine,
    private next: number,
    private readonly matches: Filter,
    private readonly pinOf: PinOf,
  ) {}

  get isAtEnd(): boolean {
    return this.ahead === 0;
  }

  get ahead(): number {
    const { events } = this.engine.log;
    return events.length - events.lowerBound(this.next);
  }

  read(most: number, sink: Sink): void {
    const { log } = this.engine;
    const { events } = log;
    let index = events.lowerBound(this.next);
    if (index >= events.length) return;
    let found = 0;
    let skipped = 0;
    let position = 0;
    for (const record of log.readPage(events, index, Math.min(events.length, index + PAGE))) {
      if (found >= most) break;
      const before = position;
      position = events.at(index);
      index += 1;
      this.next = position + 1;
      if (this.matches(record)) {
        if (skipped > 0) sink.skip(before, skipped);
        skipped = 0;
        found += 1;
        sink.arrive(messageOf(record, position, position, this.pinOf));
      } else skipped += 1;
    }
    if (skipped > 0) sink.skip(position, skipped);
  }

  follow(wake: () => void): () => void {
    const { allFollowers } = this.engine;
    allFollowers.add(wake);
    return () => allFollowers.delete(wake);
  }
}

export const isTombstone = (record: Buffer): boolean => recordKind(record) === KIND_TOMBSTONE;

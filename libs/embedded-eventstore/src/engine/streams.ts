import { recordData, recordIsJson } from '../codec/recorded-event.js';
import type { StreamRange } from '../storage/sealed-index.js';
import type { SealedIndexes } from '../storage/sealed-indexes.js';
import { streamKey } from '../storage/stream-key.js';
import { metadataOf, NO_METADATA, type StreamMetadata } from './metadata.js';
import { StreamCache } from './stream-cache.js';
import { type Follower, type LastMetadata, META_PREFIX, type StreamLookup, StreamState } from './stream-state.js';

/** Room for the streams that were looked up lately, in ranges of positions of about 50 bytes; a stream takes that of ten. */
export const CACHED_RANGES = 200_000;
const RANGES_OF_STREAM = 10;

/** What streams are looked up in. */
export interface StreamLog {
  readonly indexes: SealedIndexes;
  read(position: number): Buffer;
}

/**
 * Every stream by its name. Those with events that are in no index yet, and those that somebody follows, are held in
 * memory; the others are looked up in the indexes.
 */
export class Streams implements StreamLookup {
  private readonly held = new Map<string, StreamState>();
  private readonly cached: StreamCache;

  constructor(
    private readonly log: () => StreamLog,
    cachedRanges = CACHED_RANGES,
  ) {
    this.cached = new StreamCache(() => cachedRanges / (RANGES_OF_STREAM + this.indexes().list.length));
  }

  indexes(): SealedIndexes {
    return this.log().indexes;
  }

  find(name: string): StreamState | undefined {
    const stream = this.findOrNew(name);
    return stream.last >= 0 || this.inMemory(name) === stream ? stream : undefined;
  }

  /** Not kept when it is new, until something is written to it. */
  findOrNew(name: string): StreamState {
    return this.written(name) ?? this.unwritten(name);
  }

  private inMemory(name: string): StreamState | undefined {
    return this.held.get(name) ?? this.cached.get(name);
  }

  /** What is in memory, or has events or a tombstone in the indexes. */
  private written(name: string): StreamState | undefined {
    return this.inMemory(name) ?? this.lookUp(name);
  }

  private lookUp(name: string): StreamState | undefined {
    const indexes = this.indexes();
    const key = streamKey(name);
    const newest = indexes.newestOf(key);
    if (newest === undefined) return undefined;
    // A tombstone alone tells no revision.
    const events = newest.count > 0 ? newest : indexes.rangesOf(key).findLast(({ count }) => count > 0);
    const stream = new StreamState(name, this, events, newest.tombstone);
    this.cached.add(stream);
    return stream;
  }

  /** A stream to which nothing was written; it is kept when it has metadata or is the metastream of one that is closed. */
  private unwritten(name: string): StreamState {
    const stream = new StreamState(name, this);
    if (stream.isMetastream ? this.isTombstoned(stream) : hasMetadata(stream)) this.cached.add(stream);
    return stream;
  }

  /** Held from now on, until `release` finds no reason for it. */
  hold(stream: StreamState): void {
    this.cached.delete(stream);
    this.held.set(stream.name, stream);
  }

  /** A stream that begins with a recent event when the log is opened; what is before it is not looked up. */
  recovered(name: string, revision: number): StreamState {
    let stream = this.held.get(name);
    if (stream === undefined) {
      stream = new StreamState(name, this);
      stream.positions.beginAt(revision);
      this.held.set(name, stream);
    }
    stream.positions.refuseGapBefore(revision);
    return stream;
  }

  follow(stream: StreamState, follower: Follower): void {
    this.hold(stream);
    stream.followers ??= new Set();
    stream.followers.add(follower);
  }

  unfollow(stream: StreamState, follower: Follower): void {
    stream.followers?.delete(follower);
    if (stream.followers?.size === 0) stream.followers = undefined;
    this.release(stream);
  }

  /** Holds a stream no longer when nobody follows it and the indexes hold all of it. */
  release(stream: StreamState): void {
    const { name, positions, followers, tombstonePosition = 0 } = stream;
    if (positions.hasRecent || followers !== undefined || tombstonePosition >= this.indexes().end) return;
    if (this.inMemory(name) !== stream) return;
    this.held.delete(name);
    this.cached.delete(stream);
    if (stream.last >= 0 || tombstonePosition > 0 || hasMetadata(stream)) this.cached.add(stream);
  }

  /** An index that holds more of a stream was written. */
  sealed(name: string, range: StreamRange): void {
    const stream = this.held.get(name);
    if (stream === undefined) return;
    stream.positions.seal(range);
    this.release(stream);
  }

  /** Every stream with events, those of the indexes first. */
  *all(): Generator<StreamState> {
    for (const name of this.indexes().streams()) {
      const stream = this.find(name);
      if (stream !== undefined) yield stream;
    }
    for (const stream of this.held.values())
      if (this.indexes().newestOf(streamKey(stream.name)) === undefined) yield stream;
  }

  lastMetadata(name: string): LastMetadata {
    const metastream = this.written(META_PREFIX + name);
    const of = (revision: number): StreamMetadata => {
      if (metastream === undefined || revision < metastream.positions.first) return NO_METADATA;
      const record = this.log().read(metastream.positions.at(revision));
      return metadataOf(recordIsJson(record), recordData(record));
    };
    if (metastream === undefined || metastream.last < 0) return { accepted: NO_METADATA, visible: NO_METADATA };
    const visible = of(metastream.visible - 1);
    return { visible, accepted: metastream.visible > metastream.last ? visible : of(metastream.last) };
  }

  /** A tombstone closes the metastream too. */
  isTombstoned(stream: StreamState): boolean {
    if (stream.tombstonePosition !== undefined) return true;
    return stream.isMetastream && this.originalNamed(stream)?.tombstonePosition !== undefined;
  }

  isTombstoneVisible(stream: StreamState): boolean {
    return stream.tombstoneVisible || (stream.isMetastream && this.originalNamed(stream)?.tombstoneVisible === true);
  }

  private originalNamed({ name }: StreamState): StreamState | undefined {
    return this.written(name.slice(META_PREFIX.length));
  }

  bury(stream: StreamState, position: number): void {
    stream.tombstonePosition = position;
    this.hold(stream);
  }

  /**
   * The stream whose metadata a metastream holds, when it is in memory; else it is asked for when it is looked up. A
   * metastream's own metadata is fixed.
   */
  originalInMemory(metastream: StreamState): StreamState | undefined {
    const original = this.inMemory(metastream.name.slice(META_PREFIX.length));
    return original?.isMetastream === true ? undefined : original;
  }
}

const hasMetadata = ({ isMetastream, metadata, visibleMetadata }: StreamState): boolean =>
  !isMetastream && (metadata !== NO_METADATA || visibleMetadata !== NO_METADATA);

import { METASTREAM_METADATA, NO_METADATA } from './metadata.js';
import { META_PREFIX, StreamState } from './stream-state.js';

/** Every stream by its name. One to which nothing was written is kept only while somebody follows it. */
export class Streams {
  private readonly byName = new Map<string, StreamState>();

  find(name: string): StreamState | undefined {
    return this.byName.get(name);
  }

  /** Not kept when it is new, until something is written to it. */
  findOrNew(name: string): StreamState {
    return this.byName.get(name) ?? new StreamState(name);
  }

  /** Kept from now on. */
  take(name: string): StreamState {
    let stream = this.byName.get(name);
    if (stream === undefined) {
      stream = new StreamState(name);
      this.byName.set(name, stream);
    }
    return stream;
  }

  keep(stream: StreamState): void {
    this.byName.set(stream.name, stream);
  }

  all(): Iterable<StreamState> {
    return this.byName.values();
  }

  /** Forgets a stream to which nothing was ever written, when nobody follows it any more. */
  forget(stream: StreamState): void {
    const isUsed = stream.last >= 0 || this.isTombstoned(stream) || stream.followers !== undefined;
    if (isUsed || this.byName.get(stream.name) !== stream) return;
    const hasMetadata = stream.metadata !== NO_METADATA || stream.visibleMetadata !== NO_METADATA;
    if (stream.isMetastream || !hasMetadata) this.byName.delete(stream.name);
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
    return this.byName.get(name.slice(META_PREFIX.length));
  }

  /** The metastream is kept in mind even when nothing was written to it. */
  bury(stream: StreamState, position: number): void {
    stream.tombstonePosition = position;
    this.keep(stream);
    if (!stream.isMetastream) this.take(META_PREFIX + stream.name);
  }

  /** The stream whose metadata a metastream holds. A metastream's own metadata is fixed. */
  originalOf(metastream: StreamState): Pick<StreamState, 'metadata' | 'visibleMetadata'> {
    const original = this.take(metastream.name.slice(META_PREFIX.length));
    return original.isMetastream ? { metadata: METASTREAM_METADATA, visibleMetadata: METASTREAM_METADATA } : original;
  }
}

import type { StreamRange } from '../storage/sealed-index.js';
import type { SealedIndexes } from '../storage/sealed-indexes.js';
import { nameHash } from '../storage/hashes.js';
import { METASTREAM_METADATA, type StreamMetadata } from './metadata.js';
import { StreamPositions } from './stream-positions.js';

export const META_PREFIX = '$$';

/** What a stream's last metadata events say: the accepted one and the durable one. */
export interface LastMetadata {
  accepted: StreamMetadata;
  visible: StreamMetadata;
}

/** Where a stream is looked up when something of it is needed. */
export interface StreamLookup {
  indexes(): SealedIndexes;
  lastMetadata(stream: string): LastMetadata;
}

const OF_METASTREAM: LastMetadata = { accepted: METASTREAM_METADATA, visible: METASTREAM_METADATA };

export type Follower = (record: Buffer, position: number) => void;

/** One stream: where its events lie, and what is known of it already (accepted) and to readers (visible, durable). */
export class StreamState {
  readonly hash: number;
  readonly isMetastream: boolean;
  /** The position of every accepted event, by revision. */
  readonly positions: StreamPositions;
  /** The next revision to become durable. */
  visible: number;
  tombstonePosition: number | undefined;
  tombstoneVisible: boolean;
  /** Those who follow the stream live. */
  followers: Set<Follower> | undefined;
  private known: LastMetadata | undefined;

  /** `newest` and `tombstone` are what the indexes hold of it: its last events, and the position of its tombstone or 0. */
  constructor(
    readonly name: string,
    private readonly lookup: StreamLookup,
    newest?: StreamRange,
    tombstone = 0,
  ) {
    this.hash = nameHash(name);
    this.isMetastream = name.startsWith(META_PREFIX);
    if (this.isMetastream) this.known = OF_METASTREAM;
    this.positions = new StreamPositions(name, lookup, newest);
    this.visible = this.positions.length;
    this.tombstonePosition = tombstone > 0 ? tombstone : undefined;
    this.tombstoneVisible = tombstone > 0;
  }

  get bytes(): Buffer {
    return Buffer.from(this.name, 'utf8');
  }

  private get lastMetadata(): LastMetadata {
    return (this.known ??= this.lookup.lastMetadata(this.name));
  }

  get metadata(): StreamMetadata {
    return this.lastMetadata.accepted;
  }

  set metadata(metadata: StreamMetadata) {
    this.lastMetadata.accepted = metadata;
  }

  get visibleMetadata(): StreamMetadata {
    return this.lastMetadata.visible;
  }

  set visibleMetadata(metadata: StreamMetadata) {
    this.lastMetadata.visible = metadata;
  }

  /** The lowest revision that readers may see, if it is not beyond the last. */
  get firstVisible(): number {
    return Math.max(this.positions.first, firstReadable(this.visibleMetadata, this.visible - 1));
  }

  /** The last accepted revision, -1 when there is none. */
  get last(): number {
    return this.positions.length - 1;
  }
}

/** The lowest revision that $maxCount and $tb leave readable. */
export function firstReadable(metadata: StreamMetadata, last: number): number {
  const byCount = metadata.maxCount === undefined ? 0 : last - metadata.maxCount + 1;
  return Math.max(0, byCount, metadata.truncateBefore ?? 0);
}

export function hasAged(metadata: StreamMetadata, createdMs: number, now: number): boolean {
  return metadata.maxAgeSeconds !== undefined && createdMs < now - metadata.maxAgeSeconds * 1000;
}

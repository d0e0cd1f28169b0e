import { crc32 } from 'node:zlib';
import { METASTREAM_METADATA, NO_METADATA, type StreamMetadata } from './metadata.js';
import { StreamPositions } from './stream-positions.js';

export const META_PREFIX = '$$';

/** One stream: where its events lie, and what is known of it already (accepted) and to readers (visible, durable). */
export class StreamState {
  /** Of the name, as a signed number, which takes less room. */
  readonly hash: number;
  readonly isMetastream: boolean;
  /** The position of every accepted event, by revision. */
  readonly positions = new StreamPositions();
  /** The next revision to become durable. */
  visible = 0;
  tombstonePosition: number | undefined;
  tombstoneVisible = false;
  metadata: StreamMetadata;
  visibleMetadata: StreamMetadata;
  /** Those who follow the stream live. */
  followers: Set<(record: Buffer, position: number) => void> | undefined;

  constructor(readonly name: string) {
    this.hash = crc32(name) | 0;
    this.isMetastream = name.startsWith(META_PREFIX);
    this.metadata = this.visibleMetadata = this.isMetastream ? METASTREAM_METADATA : NO_METADATA;
  }

  get bytes(): Buffer {
    return Buffer.from(this.name, 'utf8');
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

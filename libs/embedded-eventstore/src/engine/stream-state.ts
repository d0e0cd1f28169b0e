import { crc32 } from 'node:zlib';
import { PositionList } from '../storage/position-list.js';
import { METASTREAM_METADATA, NO_METADATA, type StreamMetadata } from './metadata.js';

export const META_PREFIX = '$$';

/** One stream: where its events lie, and what is known of it already (accepted) and to readers (visible, durable). */
export class StreamState {
  readonly bytes: Buffer;
  readonly hash: number;
  readonly isMetastream: boolean;
  /** The position of every accepted event, by revision. */
  readonly positions = new PositionList();
  /** How many of them are durable. */
  visible = 0;
  tombstonePosition: number | undefined;
  tombstoneVisible = false;
  metadata: StreamMetadata;
  visibleMetadata: StreamMetadata;
  /** Those who follow the stream live. */
  followers: Set<(record: Buffer, position: number) => void> | undefined;

  constructor(readonly name: string) {
    this.bytes = Buffer.from(name, 'utf8');
    this.hash = crc32(this.bytes);
    this.isMetastream = name.startsWith(META_PREFIX);
    this.metadata = this.visibleMetadata = this.isMetastream ? METASTREAM_METADATA : NO_METADATA;
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

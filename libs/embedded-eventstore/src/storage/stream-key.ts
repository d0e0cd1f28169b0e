import { hash } from 'node:crypto';
import { nameHash } from './hashes.js';

/** Bytes of a digest. */
export const DIGEST = 16;

/** By what a stream is looked up. */
export interface StreamKey {
  /** By which most indexes that hold nothing of a stream are told. */
  readonly nameHash: number;
  /** The first 128 bits of the SHA-256 of its name, a letter for each byte. Nobody can find two names that share them. */
  readonly digest: string;
}

export const streamKey = (name: string): StreamKey => new KeyOfName(name);

/** The digest takes longer than all else of a lookup that finds nothing, and is not needed for it. */
class KeyOfName implements StreamKey {
  readonly nameHash: number;
  private known: string | undefined;

  constructor(private readonly name: string) {
    this.nameHash = nameHash(name) >>> 0;
  }

  get digest(): string {
    return (this.known ??= digestOf(this.name));
  }
}

export const digestOf = (name: string): string => hash('sha256', name, 'binary').slice(0, DIGEST);

/** The first 32 bits of a digest, by which streams are in order. */
export const digestStart = (digest: string): number =>
  (digest.charCodeAt(0) | (digest.charCodeAt(1) << 8) | (digest.charCodeAt(2) << 16) | (digest.charCodeAt(3) << 24)) >>>
  0;

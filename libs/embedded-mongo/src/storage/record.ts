import { crc32 } from 'node:zlib';

// Keys: 'c' + collection -> catalogue entry, 'd' + collection + record -> document, 's' + session -> retry table
// entry, 'n' -> number of the last commit and of the documents, 'v' -> format. Every value starts with a checksum of
// its key and of what follows, so that a record can neither change nor turn up under another key unnoticed.

export const DOCUMENT = 0x64;
export const COLLECTION = 0x63;
export const SESSION = 0x73;
export const COUNTS_KEY = Buffer.from('n');
export const FORMAT_KEY = Buffer.from('v');

/** What is on disk is not what was written. The server does not start over it. */
export class Damaged extends Error {}

export function collectionKey(collection: number): Buffer {
  const key = Buffer.alloc(5);
  key[0] = COLLECTION;
  key.writeUInt32BE(collection, 1);
  return key;
}

export function documentKey(collection: number, rid: number): Buffer {
  const key = Buffer.alloc(11);
  key[0] = DOCUMENT;
  key.writeUInt32BE(collection, 1);
  key.writeUIntBE(rid, 5, 6);
  return key;
}

export function sessionKey(session: string): Buffer {
  return Buffer.concat([Buffer.from([SESSION]), Buffer.from(session, 'latin1')]);
}

/** The key after all keys that start with `prefix`. */
export function keyAfter(prefix: Buffer): Buffer {
  const end = Buffer.from(prefix);
  for (let i = end.length - 1; i >= 0; i--) {
    const next = ((end[i] ?? 0) + 1) & 0xff;
    end[i] = next;
    if (next !== 0) break;
  }
  return end;
}

let scratch = Buffer.allocUnsafe(64 * 1024);

/** The value to store; it is overwritten by the next call, LMDB has copied it by then. */
export function sealed(key: Buffer, raw: Buffer): Buffer {
  const size = raw.length + 4;
  if (size > scratch.length) scratch = Buffer.allocUnsafe(size * 2);
  scratch.writeUInt32LE(crc32(raw, crc32(key)), 0);
  scratch.set(raw, 4);
  return scratch.subarray(0, size);
}

/** What a stored value holds, when its checksum is right. */
export function unsealed(key: Buffer, value: Buffer): Buffer {
  const raw = value.subarray(4);
  if (value.length < 4 || crc32(raw, crc32(key)) !== value.readUInt32LE(0)) throw new Damaged(damage(key));
  return raw;
}

function damage(key: Buffer): string {
  return `The stored record ${nameOf(key)} is damaged: its checksum does not match. Restore the data folder from a backup.`;
}

function nameOf(key: Buffer): string {
  if (key[0] === DOCUMENT && key.length === 11)
    return `of document ${key.readUIntBE(5, 6)} in collection ${key.readUInt32BE(1)}`;
  if (key[0] === COLLECTION) return 'of the catalogue';
  if (key[0] === SESSION) return 'of the retry table';
  return `under the key ${key.toString('hex')}`;
}

import { crc32 } from 'node:zlib';
import type { RootDatabase } from 'lmdb';
import { COUNTS_KEY, Damaged, DOCUMENT, FORMAT_KEY, sealed, unsealed } from './record.js';

/** What this version writes. Format 1 had no format record, no count of documents, and checksums of the values alone. */
const FORMAT = 2;

/** Refuses what a later version wrote, and rewrites what an earlier one did. */
export function checkFormat(db: RootDatabase<Buffer, Buffer>, directory: string, readOnly: boolean): void {
  const stored = db.get(FORMAT_KEY);
  const format = stored ? unsealed(FORMAT_KEY, stored).readUInt32LE(0) : undefined;
  if (format === FORMAT) return;
  if (format !== undefined) {
    throw new Error(
      `The data folder ${directory} has format ${format}; this version reads and writes format ${FORMAT}. ` +
        `Start the version that wrote it, or use another data folder.`,
    );
  }
  if (readOnly)
    throw new Error(`The data folder ${directory} has format 1. Start a server on it once, which rewrites it.`);
  db.transactionSync(() => {
    if (db.get(COUNTS_KEY)) rewrite(db);
    const number = Buffer.alloc(4);
    number.writeUInt32LE(FORMAT, 0);
    db.putSync(FORMAT_KEY, sealed(FORMAT_KEY, number));
  });
}

function rewrite(db: RootDatabase<Buffer, Buffer>): void {
  let documents = 0;
  for (const { key, value } of [...db.getRange()]) {
    const raw = value.subarray(4);
    if (crc32(raw) !== value.readUInt32LE(0)) {
      throw new Damaged(
        `The stored record under the key ${key.toString('hex')} is damaged: its checksum does not match. Restore the data folder from a backup.`,
      );
    }
    if (key[0] === DOCUMENT) documents++;
    if (!key.equals(COUNTS_KEY)) db.putSync(key, sealed(key, raw));
  }
  db.putSync(COUNTS_KEY, sealed(COUNTS_KEY, counts(unsealedCommits(db), documents)));
}

function unsealedCommits(db: RootDatabase<Buffer, Buffer>): number {
  return db.get(COUNTS_KEY)?.readUIntLE(4, 6) ?? 0;
}

export function counts(commits: number, documents: number): Buffer {
  const record = Buffer.alloc(12);
  record.writeUIntLE(commits, 0, 6);
  record.writeUIntLE(documents, 6, 6);
  return record;
}

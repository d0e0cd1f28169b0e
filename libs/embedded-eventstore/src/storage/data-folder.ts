import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeHeader, encodeHeader, FIRST_POSITION, formatOf, SEGMENT_HEADER, type SegmentHeader } from './segment.js';

/** The only file of a folder of version 1. */
const VERSION_1 = 'events.log';
const SEGMENT = /^events-(\d{16})\.log$/;
const DRAFT = '.draft';
/** Says that a write or sync failed and that the next start has to look at everything. */
const FAILED = 'storage-failed.txt';

export const segmentName = (base: number): string => `events-${String(base).padStart(16, '0')}.log`;
export const indexPathOf = (segmentPath: string): string => segmentPath.replace(/\.log$/, '.index');

/** The paths of a folder's segments, in the order of the log. */
export function segmentPaths(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => SEGMENT.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** A file is only safe when its folder entry is; Windows cannot open folders and needs no such sync. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Gives a finished draft its name; after a crash there is either the old file or the new one. */
export function publishDraft(draft: string, path: string): void {
  renameSync(draft, path);
  syncFolder(dirname(path));
}

export const draftOf = (path: string): string => `${path}${DRAFT}`;

export function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder)) if (name.endsWith(DRAFT)) rmSync(join(folder, name), { force: true });
}

/** Makes an empty segment that is there as a whole or not at all. */
export function createSegment(folder: string, header: SegmentHeader): string {
  const path = join(folder, segmentName(header.base));
  const draft = draftOf(path);
  const fd = openSync(draft, 'w');
  try {
    writeSync(fd, encodeHeader(header));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  publishDraft(draft, path);
  return path;
}

/**
 * A folder of version 1 becomes one of version 2: its only file gets the new header and a segment's name. Positions are
 * the same. After a crash on the way the next start goes on.
 */
export function migrateFolder(folder: string): void {
  const old = join(folder, VERSION_1);
  if (!existsSync(old)) return;
  const fd = openSync(old, 'r+');
  try {
    const head = Buffer.alloc(SEGMENT_HEADER);
    const read = readSync(fd, head, 0, SEGMENT_HEADER, 0);
    // Shorter: a crash while the folder was made, before anything could be stored.
    if (read < SEGMENT_HEADER) ftruncateSync(fd, 0);
    else if (formatOf(head) !== 1) decodeHeader(head, old);
    writeSync(fd, encodeHeader({ base: FIRST_POSITION, end: 0, generation: 0 }), 0, SEGMENT_HEADER, 0);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  publishDraft(old, join(folder, segmentName(FIRST_POSITION)));
}

/** Told as well as a failed disk allows. */
export function markFailed(folder: string, error: Error): void {
  try {
    writeFileSync(join(folder, FAILED), `${new Date().toISOString()} ${error.message}\n`);
    syncFolder(folder);
  } catch {
    // The disk takes nothing at all; what was being written is verified at every start anyway.
  }
}

export const hasFailed = (folder: string): boolean => existsSync(join(folder, FAILED));
export const forgetFailure = (folder: string): void => rmSync(join(folder, FAILED), { force: true });

/** The scavenge that has begun and has not ended: what is in the file is its id. */
const SCAVENGE = 'scavenge-running.txt';

export function markScavenge(folder: string, id: string): void {
  const path = join(folder, SCAVENGE);
  writeFileSync(draftOf(path), id);
  publishDraft(draftOf(path), path);
}

export function interruptedScavenge(folder: string): string | undefined {
  const path = join(folder, SCAVENGE);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

export const forgetScavenge = (folder: string): void => rmSync(join(folder, SCAVENGE), { force: true });

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { segmentPaths, syncFolder } from './data-folder.js';
import { DamagedLogError } from './errors.js';
import { type Verification, verifyFolder } from './verify.js';

const MANIFEST = 'backup.json';
const PIECE = 1024 * 1024;

export interface BackupFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** What `backup.json` says beside the copied segments. */
export interface Manifest {
  createdAt: string;
  events: number;
  /** The position behind the last event that is in the backup. */
  end: number;
  files: BackupFile[];
}

/**
 * Copies a data folder, also while a server appends to it and scavenges it: the copy holds at least every event that was
 * acknowledged before it began. What it may hold of an append that was being written is cut when it is restored.
 * @throws DamagedLogError when what was copied is damaged; the message names the places.
 */
export async function backupFolder(folder: string, target: string): Promise<Manifest> {
  refuseUnlessEmpty(target);
  if (!existsSync(folder)) throw new DamagedLogError(`${folder} holds no event log.`);
  const sources = await openTogether(folder);
  const files: BackupFile[] = [];
  try {
    mkdirSync(target, { recursive: true });
    for (const { file, path, size } of sources) files.push(await copy(file, size, join(target, basename(path))));
  } finally {
    await closeAll(sources);
  }
  const { events, end } = verified(target);
  const manifest = { createdAt: new Date().toISOString(), events, end, files };
  await writeFile(join(target, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  syncFolder(target);
  return manifest;
}

/**
 * Puts a backup into an empty folder, from which a server can be started then. Every file has to have the digest that
 * the backup names, and every record its checksum.
 */
export async function restoreFolder(backup: string, folder: string): Promise<Verification> {
  refuseUnlessEmpty(folder);
  const path = join(backup, MANIFEST);
  if (!existsSync(path)) throw new DamagedLogError(`${backup} is no backup: it has no ${MANIFEST}.`);
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  mkdirSync(folder, { recursive: true });
  for (const { name, sha256 } of manifest.files) {
    const source = join(backup, name);
    const file = await open(source, 'r');
    try {
      const copied = await copy(file, (await file.stat()).size, join(folder, name));
      if (copied.sha256 !== sha256)
        throw new DamagedLogError(
          `${source} is not what was backed up: its digest is ${copied.sha256}. Use another backup.`,
        );
    } finally {
      await file.close();
    }
  }
  syncFolder(folder);
  return verified(folder);
}

function refuseUnlessEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty. Name a folder that is empty or does not exist.`);
}

interface Source {
  path: string;
  file: FileHandle;
  size: number;
}

/**
 * Opens all segments as they were at one moment. A scavenge puts another file in a segment's place, and half of what it
 * does must not be in a copy: the files that are open stay what they are.
 */
async function openTogether(folder: string): Promise<Source[]> {
  for (;;) {
    const sources: Source[] = [];
    for (const path of segmentPaths(folder)) sources.push({ path, file: await open(path, 'r'), size: 0 });
    if (sources.length === 0) throw new DamagedLogError(`${folder} holds no event log of this version.`);
    let isOneMoment = true;
    for (const source of sources) {
      const { ino, size } = await source.file.stat();
      source.size = size;
      isOneMoment &&= statSync(source.path, { throwIfNoEntry: false })?.ino === ino;
    }
    if (isOneMoment) return sources;
    await closeAll(sources);
  }
}

async function closeAll(sources: Source[]): Promise<void> {
  for (const { file } of sources) await file.close();
}

/** Copies the first `size` bytes of a file and answers what was written and synced. */
async function copy(source: FileHandle, size: number, path: string): Promise<BackupFile> {
  const target = await open(path, 'wx');
  const digest = createHash('sha256');
  try {
    for (let at = 0; at < size;) {
      const { buffer, bytesRead } = await source.read(Buffer.alloc(PIECE), 0, Math.min(PIECE, size - at), at);
      if (bytesRead === 0) throw new DamagedLogError(`${path} could not be copied: its source became shorter.`);
      digest.update(buffer.subarray(0, bytesRead));
      await target.write(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return { name: basename(path), bytes: size, sha256: digest.digest('hex') };
}

function verified(folder: string): Verification {
  const found = verifyFolder(folder);
  if (found.damages.length > 0) throw new DamagedLogError(found.damages.join('\n'));
  return found;
}

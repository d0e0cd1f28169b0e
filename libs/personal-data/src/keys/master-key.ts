import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** 32 bytes as 64 hexadecimal digits, or in base64 or base64url; undefined for anything else. */
export function masterKeyFrom(text: string): KeyObject | undefined {
  const given = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(given) ? Buffer.from(given, 'hex') : Buffer.from(given, 'base64url');
  const isWhole = /^[0-9a-f]{64}$/i.test(given) || /^[\w+/-]{43}=?$/.test(given);
  return isWhole && bytes.length === 32 ? createSecretKey(bytes) : undefined;
}

/** The master key in a file, which is made where it is not there, readable by its owner only. */
export async function masterKeyIn(path: string): Promise<KeyObject> {
  const key = masterKeyFrom(await readOrMake(path));
  if (key === undefined) throw new Error(`${path} holds no master key: 32 bytes in base64url.`);
  return key;
}

async function readOrMake(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // Linked when it is whole: processes that start together agree on the first one.
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(unfinished, 'wx', 0o600);
  try {
    await file.writeFile(randomBytes(32).toString('base64url'));
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(unfinished, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(unfinished);
  }
  await chmod(path, 0o600);
  return readFile(path, 'utf8');
}

/** The names in a folder are on disk only when the folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

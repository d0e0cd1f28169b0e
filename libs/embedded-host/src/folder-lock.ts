import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** The folder of data is used by a server that runs. */
export class FolderInUseError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FolderInUseError';
  }
}

interface Holder {
  pid: number;
  /** When that process started, in the operating system's own form: a pid alone may have been given out again. */
  started: string;
  /** The machine, or the container on it, in which the pid means anything. */
  host: string;
  token: string;
}

const HEARTBEAT_MS = 2000;
/** A holder in another container whose pid cannot be looked at is gone when its lock has been still for so long. */
const SILENCE_MS = 8000;

/**
 * Lets one server use a folder, which is made when it is missing. A lock whose process is gone (kill -9, power loss)
 * is taken over; `server` names the kind of server in the refusal. Gives back what releases the folder.
 */
export function lockFolder(dataDir: string, server: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const folder = realpathSync(dataDir);
  const path = join(folder, 'server.lock');
  const own: Holder = { pid: process.pid, started: startOf(process.pid) ?? '', host: hostName(), token: randomUUID() };
  const draft = `${path}.${own.token}`;
  writeFileSync(draft, JSON.stringify(own));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      if (linked(draft, path)) return holdUntilReleased(path, own.token);
      const holder = readHolder(path);
      if (holder !== undefined && isRunning(holder, path))
        throw new FolderInUseError(
          `${folder} is in use by another ${server} (process ${holder.pid}). ` +
            'Connect to that one, or stop it, or start this one with a dataDir of its own.',
        );
      setAside(path, holder?.token);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new FolderInUseError(`${folder} is being opened by another ${server} at this moment. Try again.`);
}

function holdUntilReleased(path: string, token: string): () => void {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now, () => {});
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    if (readHolder(path)?.token === token) rmSync(path, { force: true });
  };
}

/** A hard link appears with its content at once and fails when the name is taken. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes what a killed process left behind. Another starter may have been quicker: its lock is put back. */
function setAside(path: string, token: string | undefined): void {
  const stale = `${path}.${randomUUID()}`;
  try {
    renameSync(path, stale);
    if (readHolder(stale)?.token !== token) linked(stale, path);
    rmSync(stale, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

function isRunning(holder: Holder, path: string): boolean {
  if (holder.host !== hostName()) return isStillTouched(path);
  const started = startOf(holder.pid);
  return started !== undefined && started === holder.started;
}

/** Waits for a sign of life of a holder that this process cannot see. A lock that is old already is not waited for. */
function isStillTouched(path: string): boolean {
  const first = touchedAt(path);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (Date.now() - first < SILENCE_MS) {
    Atomics.wait(pause, 0, 0, HEARTBEAT_MS / 10);
    if (touchedAt(path) !== first) return true;
  }
  return false;
}

const touchedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** On Linux a pid belongs to a boot and to a namespace, which a container has of its own. */
function hostName(): string {
  if (process.platform !== 'linux') return hostname();
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
}

/** Undefined when no such process runs. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  try {
    if (process.platform === 'linux') return linuxStart(pid);
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/PID/stat; a zombie no longer runs. */
function linuxStart(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

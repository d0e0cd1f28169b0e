import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** Two processes on one machine cannot open one folder; between containers that do not see each other they could. */
interface Owner {
  readonly pid: number;
  /** When the process started, from the kernel: a recycled process id is not the owner. Empty where unknown. */
  readonly started: string;
}

function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, ticks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return 'ended';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${ticks}`;
  } catch {
    return undefined;
  }
}

function isRunning(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const started = startOf(owner.pid);
  return started === undefined || owner.started === '' || owner.started === started;
}

function readOwner(file: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(file, 'utf8')) as Partial<Owner>;
    return typeof owner.pid === 'number' ? { pid: owner.pid, started: owner.started ?? '' } : undefined;
  } catch {
    return undefined;
  }
}

/** Folders this process holds, across worker threads too: they share the process id, so the lock file decides. */
export class DirectoryLock {
  private constructor(private readonly file: string) {}

  static take(directory: string): DirectoryLock {
    mkdirSync(directory, { recursive: true });
    const folder = realpathSync(directory);
    const file = join(folder, 'server.lock');
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '' }));
    try {
      for (let attempt = 0; attempt < 3; attempt++) {
        if (linked(draft, file)) return new DirectoryLock(file);
        const owner = readOwner(file);
        if (owner && isRunning(owner)) {
          throw new Error(
            `The data folder ${folder} is already in use by process ${owner.pid}. ` +
              `Stop that process, or start this one with another data folder.`,
          );
        }
        setAside(file, owner);
      }
    } finally {
      rmSync(draft, { force: true });
    }
    throw new Error(`The data folder ${folder} is being opened by another process. Start only one server for it.`);
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

/** A hard link appears with its content at once, and fails when the name is taken. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes what a killed process left behind. Another starter may have been quicker: its lock is put back. */
function setAside(file: string, owner: Owner | undefined): void {
  const stale = `${file}.${randomUUID()}`;
  try {
    renameSync(file, stale);
    const taken = readOwner(stale);
    if (taken?.pid !== owner?.pid || taken?.started !== owner?.started) linked(stale, file);
    rmSync(stale, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

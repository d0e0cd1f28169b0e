import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

interface Owner {
  readonly pid: number;
  /** When the process started, from the kernel: a recycled process id is not the owner. Empty where unknown. */
  readonly started: string;
}

function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
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
    for (let attempt = 0; attempt < 3; attempt++) {
      if (DirectoryLock.write(file)) return new DirectoryLock(file);
      const owner = readOwner(file);
      if (owner && isRunning(owner)) {
        throw new Error(
          `The data folder ${folder} is already in use by process ${owner.pid}. ` +
            `Stop that process, or start this one with another data folder.`,
        );
      }
      // Left behind by a process that was killed. Renaming first lets only one of several starters remove it.
      const stale = `${file}.${randomUUID()}`;
      try {
        renameSync(file, stale);
        rmSync(stale, { force: true });
      } catch {
        continue;
      }
    }
    throw new Error(`The data folder ${folder} is being opened by another process. Start only one server for it.`);
  }

  private static write(file: string): boolean {
    let descriptor: number;
    try {
      descriptor = openSync(file, 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    writeSync(descriptor, JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '' }));
    closeSync(descriptor);
    return true;
  }

  release(): void {
    rmSync(this.file, { force: true });
  }
}

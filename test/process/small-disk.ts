import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const tried = ((): string | undefined => {
  try {
    const probe = join('/tmp', `ledger-mount-probe-${process.pid}`);
    mkdirSync(probe);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
      execFileSync('umount', [probe], { stdio: 'ignore' });
    } finally {
      rmSync(probe, { recursive: true });
    }
    return undefined;
  } catch {
    return 'this user may not mount a file system';
  }
})();

/** Why this machine cannot make a small disk; undefined where it can. */
export const noSmallDisk = tried;

/** A file system of a few MiB of memory. */
export class SmallDisk {
  constructor(
    readonly folder: string,
    megabytes: number,
  ) {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  }

  /** Takes every byte that is free. */
  fill(): void {
    const file = openSync(join(this.folder, 'filler'), 'w');
    try {
      for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2)) this.#writeAll(file, size);
    } finally {
      closeSync(file);
    }
  }

  #writeAll(file: number, size: number): void {
    const chunk = Buffer.alloc(size, 1);
    try {
      for (;;) writeSync(file, chunk);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  free(): void {
    rmSync(join(this.folder, 'filler'));
  }

  /** Whoever looks the folder up finds it read-only, as after a fault of the disk. */
  makeReadOnly(): void {
    execFileSync('mount', ['--bind', this.folder, this.folder]);
    execFileSync('mount', ['-o', 'remount,bind,ro', this.folder]);
  }

  makeWritable(): void {
    execFileSync('umount', [this.folder]);
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

import {
  accessSync,
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writevSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The few file operations that the log needs; a spec puts a failing disk in their place. */
export interface LogFile {
  size(): number;
  /** Reads as many bytes as there are, at most the length of `target`. */
  read(target: Buffer, position: number): number;
  /** Throws when the disk has become read-only. */
  checkWritable(): void;
  /** Writes everything or throws. */
  write(parts: Buffer[], position: number): void;
  sync(done: (error: Error | null) => void): void;
  truncate(length: number): void;
  close(): void;
}

export function openLogFile(path: string): LogFile {
  const fd = openSync(path, 'a+');
  closeSync(fd);
  return new DiskLogFile(openSync(path, 'r+'), dirname(path));
}

const MOST_PARTS = 512;

class DiskLogFile implements LogFile {
  constructor(
    private readonly fd: number,
    private readonly folder: string,
  ) {
    syncFolder(folder);
  }

  size(): number {
    return fstatSync(this.fd).size;
  }

  read(target: Buffer, position: number): number {
    let done = 0;
    while (done < target.length) {
      const read = readSync(this.fd, target, done, target.length - done, position + done);
      if (read === 0) break;
      done += read;
    }
    return done;
  }

  checkWritable(): void {
    accessSync(this.folder, constants.W_OK);
  }

  write(parts: Buffer[], position: number): void {
    let at = position;
    let rest = parts;
    while (rest.length > 0) {
      const some = rest.slice(0, MOST_PARTS);
      let written = writevSync(this.fd, some, at);
      at += written;
      rest = rest.slice(some.length);
      const unwritten: Buffer[] = [];
      for (const part of some) {
        if (written < part.length) unwritten.push(part.subarray(written));
        written = Math.max(0, written - part.length);
      }
      rest = [...unwritten, ...rest];
    }
  }

  sync(done: (error: Error | null) => void): void {
    fdatasync(this.fd, done);
  }

  truncate(length: number): void {
    ftruncateSync(this.fd, length);
    fsyncSync(this.fd);
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** A new file is only safe when its folder entry is; Windows cannot open folders and needs no such sync. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

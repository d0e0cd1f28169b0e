import { type LogFile, openLogFile } from '../src/storage/log-file.js';

const errorWith = (code: string): Error => Object.assign(new Error(`${code}: the disk of a spec`), { code });

/** A real file on a disk that can be told to be full or read-only, to write only a part, to fail its syncs or to hold them. */
export class TestDisk {
  isFull = false;
  isReadOnly = false;
  failsToSync = false;
  syncs = 0;
  private held: (() => void)[] | undefined;

  open = (path: string): LogFile => {
    const file = openLogFile(path);
    return {
      size: () => file.size(),
      read: (target, position) => file.read(target, position),
      checkWritable: () => this.checkWritable(),
      write: (parts, position) => this.write(file, parts, position),
      sync: (done) => this.sync(file, done),
      truncate: (length) => file.truncate(length),
      close: () => file.close(),
    };
  };

  holdSyncs(): void {
    this.held = [];
  }

  releaseSyncs(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const sync of held) sync();
  }

  private checkWritable(): void {
    if (this.isReadOnly) throw errorWith('EROFS');
  }

  /** As a full disk does: some of it is written, then there is no room. */
  private write(file: LogFile, parts: Buffer[], position: number): void {
    if (!this.isFull) {
      file.write(parts, position);
      return;
    }
    const first = parts[0];
    if (first !== undefined) file.write([first.subarray(0, first.length / 2)], position);
    throw errorWith('ENOSPC');
  }

  private sync(file: LogFile, done: (error: Error | null) => void): void {
    this.syncs += 1;
    if (this.held !== undefined) this.held.push(() => file.sync(done));
    else if (this.failsToSync) setImmediate(() => done(errorWith('EIO')));
    else file.sync(done);
  }
}

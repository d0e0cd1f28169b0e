import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const run = (command: string, ...args: string[]): void =>
  void execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** A disk of its own: ext4 in a file. Its image, copied while it is in use, is what a power cut would leave. */
export class Ext4Disk {
  readonly folder: string;
  private readonly image: string;

  constructor(
    private readonly work: string,
    image = join(work, 'disk.img'),
  ) {
    this.image = image;
    this.folder = `${image}.mounted`;
    mkdirSync(this.folder);
  }

  format(megabytes: number): this {
    writeFileSync(this.image, '');
    truncateSync(this.image, megabytes * 1024 * 1024);
    run('mkfs.ext4', '-q', '-F', this.image);
    return this;
  }

  /** Mounting replays the journal, as a start after a power cut does. */
  mount(): this {
    // Direct writes to the image: what the file system has sent to its disk is in the file that is copied.
    run('mount', '-o', 'loop', this.image, this.folder);
    return this;
  }

  /** What is on the disk at this moment. */
  afterPowerCut(): Ext4Disk {
    const copy = join(this.work, `cut-${Date.now()}.img`);
    copyFileSync(this.image, copy);
    return new Ext4Disk(this.work, copy);
  }

  unmount(): void {
    run('umount', this.folder);
    rmSync(this.image, { force: true });
  }
}

/** Why no disk can be made here; undefined where one can. */
export function whyNoExt4Disk(work: string): string | undefined {
  try {
    const disk = new Ext4Disk(work, join(work, 'probe.img')).format(8).mount();
    disk.unmount();
    return undefined;
  } catch {
    return 'this user may not mount a disk image';
  }
}

import type { StoreWrite } from '../storage/store.js';

/** Everything one command changes: what goes to disk, and how to take it back in memory if the disk refuses. */
export class Unit {
  readonly writes: StoreWrite[] = [];
  private readonly undo: (() => void)[] = [];
  bytes = 0;

  insert(collection: number, rid: number, raw: Buffer): void {
    this.write({ kind: 'document', collection, rid, raw, more: 1 });
  }

  replace(collection: number, rid: number, raw: Buffer): void {
    this.write({ kind: 'document', collection, rid, raw, more: 0 });
  }

  delete(collection: number, rid: number): void {
    this.write({ kind: 'document', collection, rid, raw: undefined, more: -1 });
  }

  write(write: StoreWrite): void {
    this.writes.push(write);
    if ('raw' in write) this.bytes += write.raw?.length ?? 0;
  }

  onRollback(undo: () => void): void {
    this.undo.push(undo);
  }

  get isEmpty(): boolean {
    return this.writes.length === 0;
  }

  rollback(): void {
    for (const undo of this.undo.reverse()) undo();
  }
}

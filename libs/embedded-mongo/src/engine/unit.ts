/** Everything one command changes: what goes to disk, and how to take it back in memory if the disk refuses. */
export class Unit {
  readonly writes: StoreWrite[] = [];
  private readonly undo: (() => void)[] = [];
  bytes = 0;

  put(collection: number, rid: number, raw: Buffer): void {
    this.bytes += raw.length;
    this.writes.push({ kind: 'document', collection, rid, raw });
  }

  delete(collection: number, rid: number): void {
    this.writes.push({ kind: 'document', collection, rid, raw: undefined });
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

export type StoreWrite =
  | { readonly kind: 'document'; readonly collection: number; readonly rid: number; readonly raw: Buffer | undefined }
  | { readonly kind: 'collection'; readonly collection: number; readonly raw: Buffer | undefined }
  | { readonly kind: 'wipe'; readonly collection: number }
  | { readonly kind: 'session'; readonly session: string; readonly raw: Buffer | undefined };

const SLAB = 1024 * 1024;

/** Copies many small pieces into few large buffers: a buffer of its own costs more than a small document. */
export class Slabs {
  private slab = Buffer.allocUnsafe(0);
  private used = 0;

  copy(bytes: Uint8Array, length: number): Buffer {
    if (length > SLAB / 4) return Buffer.from(bytes.subarray(0, length));
    if (this.used + length > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(SLAB);
      this.used = 0;
    }
    const piece = this.slab.subarray(this.used, this.used + length);
    piece.set(bytes.subarray(0, length));
    this.used += length;
    return piece;
  }
}

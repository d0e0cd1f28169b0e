/** Grows by doubling; what it hands out is copied, so no unwritten memory ever leaves. */
export class Writer {
  private buffer = Buffer.allocUnsafe(512);
  length = 0;

  private reserve(bytes: number): number {
    const at = this.length;
    const needed = at + bytes;
    if (needed > this.buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
      this.buffer.copy(grown, 0, 0, at);
      this.buffer = grown;
    }
    this.length = needed;
    return at;
  }

  byte(value: number): void {
    const at = this.reserve(1);
    this.buffer[at] = value;
  }

  int32(value: number): void {
    const at = this.reserve(4);
    this.buffer.writeInt32LE(value, at);
  }

  int32At(value: number, at: number): void {
    this.buffer.writeInt32LE(value, at);
  }

  int64(value: bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigInt64LE(value, at);
  }

  uint64(value: bigint): void {
    const at = this.reserve(8);
    this.buffer.writeBigUInt64LE(value, at);
  }

  double(value: number): void {
    const at = this.reserve(8);
    this.buffer.writeDoubleLE(value, at);
  }

  bytes(value: Uint8Array): void {
    const at = this.reserve(value.length);
    this.buffer.set(value, at);
  }

  cstring(value: string): void {
    const size = Buffer.byteLength(value);
    const at = this.reserve(size + 1);
    this.buffer.write(value, at, size, 'utf8');
    this.buffer[at + size] = 0;
  }

  string(value: string): void {
    const size = Buffer.byteLength(value);
    this.int32(size + 1);
    const at = this.reserve(size + 1);
    this.buffer.write(value, at, size, 'utf8');
    this.buffer[at + size] = 0;
  }

  take(): Buffer {
    return Buffer.from(this.buffer.subarray(0, this.length));
  }
}

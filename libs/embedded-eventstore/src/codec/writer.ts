/** How many bytes a number takes as a varint. */
export function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  if (value < 0x1000_0000) return 4;
  let size = 5;
  for (let rest = Math.floor(value / 0x8_0000_0000); rest > 0; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

/** Writes a non-negative safe integer and gives back the offset behind it. */
export function writeVarint(buf: Buffer, at: number, value: number): number {
  let offset = at;
  let rest = value;
  while (rest >= 0x8000_0000) {
    buf[offset] = (rest % 128) | 0x80;
    offset += 1;
    rest = Math.floor(rest / 128);
  }
  while (rest >= 0x80) {
    buf[offset] = (rest & 0x7f) | 0x80;
    offset += 1;
    rest >>>= 7;
  }
  buf[offset] = rest;
  return offset + 1;
}

/** A growing protobuf message for answers that are not on the hot path. */
export class Writer {
  private buf = Buffer.allocUnsafe(64);
  private length = 0;

  varint(field: number, value: number | bigint): this {
    this.raw(field * 8);
    this.rawBig(BigInt.asUintN(64, BigInt(value)));
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.raw(field * 8 + 2);
    this.raw(value.length);
    this.reserve(value.length);
    this.buf.set(value, this.length);
    this.length += value.length;
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value, 'utf8'));
  }

  message(field: number, build: (inner: Writer) => void): this {
    const inner = new Writer();
    build(inner);
    return this.bytes(field, inner.finish());
  }

  empty(field: number): this {
    return this.bytes(field, Buffer.alloc(0));
  }

  finish(): Buffer {
    return this.buf.subarray(0, this.length);
  }

  private raw(value: number): void {
    this.reserve(10);
    this.length = writeVarint(this.buf, this.length, value);
  }

  private rawBig(value: bigint): void {
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) {
      this.raw(Number(value));
      return;
    }
    this.reserve(10);
    let rest = value;
    while (rest >= 0x80n) {
      this.buf[this.length] = Number(rest & 0x7fn) | 0x80;
      this.length += 1;
      rest >>= 7n;
    }
    this.buf[this.length] = Number(rest);
    this.length += 1;
  }

  private reserve(extra: number): void {
    if (this.length + extra <= this.buf.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.buf.length * 2, this.length + extra));
    larger.set(this.buf.subarray(0, this.length));
    this.buf = larger;
  }
}

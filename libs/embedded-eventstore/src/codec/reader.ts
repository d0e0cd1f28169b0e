/** A request that is no valid protobuf message. */
export class MalformedMessageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MalformedMessageError';
  }
}

const TWO_32 = 0x1_0000_0000;

/** Reads protobuf fields from a slice of a buffer without copying it. Every method checks the end of the slice. */
export class Reader {
  pos: number;

  constructor(
    readonly buf: Buffer,
    start = 0,
    readonly end: number = buf.length,
  ) {
    this.pos = start;
  }

  get done(): boolean {
    return this.pos >= this.end;
  }

  /** A varint below 2^32, such as a tag or a length. Larger ones are refused. */
  uint32(): number {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      result += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (result >= TWO_32) break;
        return result;
      }
    }
    throw new MalformedMessageError('a tag or length does not fit in 32 bits');
  }

  /** An unsigned 64-bit varint: a number as long as that is exact, else a bigint. */
  uint64(): number | bigint {
    let result = 0;
    let factor = 1;
    const start = this.pos;
    for (let i = 0; i < 7; i++) {
      const byte = this.byte();
      result += (byte & 0x7f) * factor;
      if (byte < 0x80) return result;
      factor *= 128;
    }
    this.pos = start;
    const exact = this.bigUint64();
    return exact <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(exact) : exact;
  }

  private bigUint64(): bigint {
    let result = 0n;
    for (let i = 0n; i < 10n; i++) {
      const byte = this.byte();
      result |= BigInt(byte & 0x7f) << (7n * i);
      if (byte < 0x80) return BigInt.asUintN(64, result);
    }
    throw new MalformedMessageError('a varint is longer than ten bytes');
  }

  bool(): boolean {
    return this.uint64() !== 0;
  }

  /** The end offset of a length-delimited field whose content starts at `pos` afterwards. */
  lengthEnd(): number {
    const length = this.uint32();
    const end = this.pos + length;
    if (end > this.end) throw new MalformedMessageError('a field is longer than its message');
    return end;
  }

  /** A view, not a copy, of a length-delimited field. */
  bytes(): Buffer {
    const end = this.lengthEnd();
    const view = this.buf.subarray(this.pos, end);
    this.pos = end;
    return view;
  }

  string(): string {
    const end = this.lengthEnd();
    const text = this.buf.toString('utf8', this.pos, end);
    this.pos = end;
    return text;
  }

  /** A reader over an embedded message; this reader continues behind it. */
  message(): Reader {
    const end = this.lengthEnd();
    const inner = new Reader(this.buf, this.pos, end);
    this.pos = end;
    return inner;
  }

  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.uint64();
        return;
      case 1:
        this.advance(8);
        return;
      case 2:
        this.pos = this.lengthEnd();
        return;
      case 5:
        this.advance(4);
        return;
      default:
        throw new MalformedMessageError(`wire type ${tag & 7} is not supported`);
    }
  }

  private advance(by: number): void {
    if (this.pos + by > this.end) throw new MalformedMessageError('a field is longer than its message');
    this.pos += by;
  }

  private byte(): number {
    if (this.pos >= this.end) throw new MalformedMessageError('the message ends inside a field');
    const byte = this.buf[this.pos] as number;
    this.pos += 1;
    return byte;
  }
}

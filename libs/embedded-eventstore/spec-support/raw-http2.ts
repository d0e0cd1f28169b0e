import { connect, type Socket } from 'node:net';

/** Frame types of RFC 9113, section 6. */
export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  windowUpdate: 8,
  continuation: 9,
} as const;
export const END_STREAM = 1;
export const END_HEADERS = 4;
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

export function http2Frame(type: number, flags: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** HPACK literals without indexing and without Huffman coding. */
export function headerBlock(headers: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(headers).flatMap(([name, value]) => [
      Buffer.from([0]),
      ...[name, value].flatMap((text) => [hpackLength(text.length), Buffer.from(text, 'latin1')]),
    ]),
  );
}

function hpackLength(length: number): Buffer {
  if (length < 127) return Buffer.from([length]);
  const bytes = [127];
  let rest = length - 127;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]);
}

export const callHeaders = (path: string): Buffer =>
  headerBlock({
    ':method': 'POST',
    ':scheme': 'http',
    ':path': path,
    ':authority': 'localhost',
    'content-type': 'application/grpc',
    te: 'trailers',
  });

export interface Frame {
  readonly type: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** A client that writes bytes as it likes. `closed` resolves when the server ends the connection. */
export class RawPeer {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  /** What the server sent. */
  readonly frames: Frame[] = [];
  private rest = Buffer.alloc(0);

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('data', (bytes: Buffer) => this.receive(bytes));
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
  }

  private receive(bytes: Buffer): void {
    let left = Buffer.concat([this.rest, bytes]);
    for (let end = endOf(left); end <= left.length; end = endOf(left)) {
      this.frames.push({ type: left[3]!, stream: left.readUInt32BE(5), payload: left.subarray(9, end) });
      left = left.subarray(end);
    }
    this.rest = left;
  }

  /** Says what every HTTP/2 client says first. */
  greet(settings: Buffer = Buffer.alloc(0)): this {
    return this.send(PREFACE, http2Frame(FRAME.settings, 0, 0, settings));
  }

  send(...bytes: Buffer[]): this {
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(bytes));
    return this;
  }

  /** Sends the same bytes over and over until the server has had enough. */
  async flood(bytes: Buffer): Promise<void> {
    while (!this.socket.destroyed) await this.turn(bytes);
  }

  private turn(bytes: Buffer): Promise<void> {
    const written = new Promise<void>((resolve) => this.socket.write(bytes, () => setImmediate(resolve)));
    return Promise.race([this.closed, written]);
  }

  /** How much more than the first window the server has let the client send on a stream. */
  granted(stream: number): number {
    return this.frames
      .filter((frame) => frame.type === FRAME.windowUpdate && frame.stream === stream)
      .reduce((sum, { payload }) => sum + payload.readUInt32BE(0), 0);
  }

  close(): void {
    this.socket.destroy();
  }
}

const endOf = (bytes: Buffer): number => (bytes.length < 9 ? Infinity : 9 + bytes.readUIntBE(0, 3));

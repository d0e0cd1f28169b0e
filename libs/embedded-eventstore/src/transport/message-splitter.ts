import { GrpcError, Status } from './status.js';

const PREFIX = 5;
/** So many pieces that came one by one are put together: each costs memory of its own, however small it is. */
const MOST_PIECES = 256;
export const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** Cuts a stream of DATA chunks into gRPC messages, copying only those that span several chunks. */
export class MessageSplitter {
  private chunks: Buffer[] = [];
  /** Bytes that wait for the rest of their message. */
  buffered = 0;
  private needed = PREFIX;
  private loose = 0;

  push(chunk: Buffer, onMessage: (message: Buffer) => void): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    if (this.buffered < this.needed) {
      this.loose += 1;
      if (this.loose === MOST_PIECES) this.joinLoose();
      return;
    }
    const bytes = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks, this.buffered);
    let at = 0;
    this.needed = PREFIX;
    while (bytes.length - at >= PREFIX) {
      const end = at + PREFIX + lengthOf(bytes, at);
      if (end > bytes.length) {
        this.needed = end - at;
        break;
      }
      onMessage(bytes.subarray(at + PREFIX, end));
      at = end;
    }
    this.chunks = at < bytes.length ? [bytes.subarray(at)] : [];
    this.buffered = bytes.length - at;
    this.loose = 0;
  }

  private joinLoose(): void {
    this.chunks.push(Buffer.concat(this.chunks.splice(-this.loose)));
    this.loose = 0;
  }

  get isEmpty(): boolean {
    return this.buffered === 0;
  }
}

function lengthOf(bytes: Buffer, at: number): number {
  if (bytes[at] !== 0)
    throw new GrpcError(Status.UNIMPLEMENTED, 'Compressed messages are not supported; send them uncompressed.');
  const length = bytes.readUInt32BE(at + 1);
  if (length > LARGEST_MESSAGE)
    throw new GrpcError(
      Status.RESOURCE_EXHAUSTED,
      `A message of ${length} bytes is larger than the ${LARGEST_MESSAGE} that this server takes.`,
    );
  return length;
}

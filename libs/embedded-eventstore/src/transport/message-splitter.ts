import { GrpcError, Status } from './status.js';

const PREFIX = 5;
export const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** Cuts a stream of DATA chunks into gRPC messages, copying only those that span several chunks. */
export class MessageSplitter {
  private chunks: Buffer[] = [];
  private buffered = 0;
  private needed = PREFIX;

  push(chunk: Buffer, onMessage: (message: Buffer) => void): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
    if (this.buffered < this.needed) return;
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

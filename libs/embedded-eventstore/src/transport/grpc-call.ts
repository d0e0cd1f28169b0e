import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Allowance } from './limits.js';
import { MessageSplitter } from './message-splitter.js';
import { GrpcError, handlerThrew, headerValue, Status } from './status.js';

/** Above this many unsent bytes a reader waits for the client. */
const READ_AHEAD = 1024 * 1024;
/** A client that sends so much to a call that was answered does not listen: its connection ends. */
const MOST_UNHEARD = 4 * 1024 * 1024;
const TIMEOUT_UNITS: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };
/** setTimeout cannot wait longer; a deadline further away is none. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** One gRPC call on one HTTP/2 stream. */
export class GrpcCall {
  /** Set by the handler before the first message can arrive. */
  onMessage: (message: Buffer) => void = () => {};
  onEnd: () => void = () => {};
  onClose: () => void = () => {};
  closed = false;
  private readonly splitter = new MessageSplitter();
  private responded = false;
  private finished = false;
  private trailers: Record<string, string> = {};
  private deadline: NodeJS.Timeout | undefined;
  private outbox: Buffer[] = [];
  private claimed = 0;
  private unheard = 0;

  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly headers: IncomingHttpHeaders,
    private readonly allowance: Allowance,
  ) {
    stream.on('error', () => {});
    stream.on('close', () => this.close());
    stream.on('data', (chunk: Buffer) => this.guard(() => this.take(chunk)));
    stream.on('end', () => this.guard(() => this.requestEnded()));
    stream.on('wantTrailers', () => {
      if (!stream.destroyed) stream.sendTrailers(this.trailers);
    });
    this.startDeadline(headers['grpc-timeout']);
  }

  /** A header of the request; of one that came more than once, the first. */
  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  private take(chunk: Buffer): void {
    if (this.isOver) {
      this.discard(chunk.length);
      return;
    }
    const before = this.splitter.buffered;
    this.splitter.push(chunk, (message) => this.receive(message));
    this.claim(this.splitter.buffered - before);
  }

  private discard(bytes: number): void {
    this.unheard += bytes;
    if (this.unheard > MOST_UNHEARD) this.stream.session?.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }

  /** Counts memory that the request holds until it is whole; negative to give it back. Throws RESOURCE_EXHAUSTED. */
  claim(bytes: number): void {
    if (this.isOver) return;
    this.allowance.take(bytes);
    this.claimed += bytes;
  }

  private release(): void {
    this.allowance.take(-this.claimed);
    this.claimed = 0;
  }

  private receive(message: Buffer): void {
    if (!this.finished) this.onMessage(message);
  }

  private requestEnded(): void {
    if (!this.splitter.isEmpty) throw new GrpcError(Status.INTERNAL, 'The request ended inside a message.');
    if (!this.finished) this.onEnd();
  }

  private startDeadline(timeout: string | string[] | undefined): void {
    const match = typeof timeout === 'string' ? /^(\d{1,8})([HMSmun])$/.exec(timeout) : null;
    if (match === null) return;
    const ms = Math.ceil(Number(match[1]) * (TIMEOUT_UNITS[match[2] as string] as number));
    if (ms > LONGEST_TIMER) return;
    this.deadline = setTimeout(() => this.fail(new GrpcError(Status.DEADLINE_EXCEEDED, 'Deadline exceeded')), ms);
  }

  /** Runs part of a handler; what it throws becomes the call's status. */
  guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Sends framed messages; answers whether the client keeps up. */
  send(framed: Buffer): boolean {
    if (this.isOver) return true;
    if (!this.responded) this.respond();
    this.stream.write(framed);
    return this.stream.writableLength < READ_AHEAD;
  }

  /** Sends together what is answered within one turn: one frame for many messages. */
  sendSoon(framed: Buffer): void {
    if (this.outbox.length === 0) queueMicrotask(() => this.flush());
    this.outbox.push(framed);
  }

  private flush(): void {
    if (this.outbox.length === 0) return;
    const messages = this.outbox;
    this.outbox = [];
    this.send(messages.length === 1 ? (messages[0] as Buffer) : Buffer.concat(messages));
  }

  get unsentBytes(): number {
    return this.stream.writableLength;
  }

  /** Resolves when the client has taken what was sent, or the call is over. */
  async drained(): Promise<void> {
    if (this.closed || this.finished || !this.stream.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.stream.off('drain', done);
        this.stream.off('close', done);
        resolve();
      };
      this.stream.on('drain', done);
      this.stream.on('close', done);
    });
  }

  pause(): void {
    this.stream.pause();
  }

  resume(): void {
    this.stream.resume();
  }

  /** A stream that was destroyed tells so by an event a turn later only; answering it until then would throw. */
  get isOver(): boolean {
    return this.closed || this.finished || this.stream.destroyed;
  }

  end(): void {
    this.finish(Status.OK, '', {});
  }

  fail(error: unknown): void {
    const reason = error instanceof GrpcError ? error : translate(error);
    this.finish(reason.code, reason.message, reason.trailers);
  }

  private finish(code: number, message: string, extra: Record<string, string>): void {
    if (this.finished || this.closed) return;
    this.flush();
    this.finished = true;
    clearTimeout(this.deadline);
    this.release();
    const trailers: Record<string, string> = { 'grpc-status': String(code) };
    if (message !== '') trailers['grpc-message'] = headerValue(message.replaceAll('%', '%25'));
    for (const [key, value] of Object.entries(extra)) trailers[key] = headerValue(value);
    if (this.responded) {
      this.trailers = trailers;
      this.stream.end();
    } else if (!this.stream.destroyed) {
      this.stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...trailers }, { endStream: true });
    }
    this.stream.resume();
    this.onClose();
  }

  private respond(): void {
    this.responded = true;
    this.stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.deadline);
    this.release();
    if (!this.finished) this.onClose();
  }
}

const BY_NAME: Record<string, number> = {
  MalformedMessageError: Status.INVALID_ARGUMENT,
  CommitTimeoutError: Status.ABORTED,
  DiskFullError: Status.RESOURCE_EXHAUSTED,
  ReadOnlyDiskError: Status.RESOURCE_EXHAUSTED,
  StorageFailedError: Status.UNAVAILABLE,
  TooManyLoginsError: Status.RESOURCE_EXHAUSTED,
  DamagedLogError: Status.DATA_LOSS,
};

function translate(error: unknown): GrpcError {
  const code = error instanceof Error ? BY_NAME[error.name] : undefined;
  return code === undefined ? handlerThrew() : new GrpcError(code, (error as Error).message);
}

import type { Socket } from 'node:net';
import { MalformedBson } from '../codec/validate.js';
import type { Doc } from '../codec/values.js';
import type { Allowance } from './allowance.js';
import { announcedLength, encodeReply, parseRequest, type Request } from './wire.js';

export type Answer = (request: Request) => Promise<Doc>;

/** Bytes of unanswered messages above which a client is not read from until they are answered. */
const MAX_UNANSWERED = 64_000_000;
/** So many pieces that came one by one are put together: each costs memory of its own, however small it is. */
const MAX_PIECES = 256;

/** One client. Commands are answered in the order they came; bytes that are no message end this socket only. */
export class Connection {
  private chunks: Buffer[] = [];
  private held = 0;
  private expected = 0;
  private queue: Buffer[] = [];
  private unanswered = 0;
  private busy = false;
  private loose = 0;
  private taken = 0;

  constructor(
    private readonly socket: Socket,
    private readonly answer: Answer,
    private readonly allowance: Allowance,
    /** Bytes a message may have now: a client that has not logged in may send little. */
    private readonly longest: () => number,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.giveBack(this.taken));
  }

  private receive(chunk: Buffer): void {
    if (!this.allowance.take(chunk.length)) {
      this.socket.destroy();
      return;
    }
    this.taken += chunk.length;
    this.hold(chunk);
    try {
      while (this.held >= 4) {
        if (this.expected === 0) this.expected = announcedLength(this.join(4), this.longest());
        if (this.held < this.expected) break;
        this.unanswered += this.expected;
        this.queue.push(this.takeMessage());
      }
    } catch {
      this.socket.destroy();
      return;
    }
    if (this.unanswered > MAX_UNANSWERED) this.socket.pause();
    if (!this.busy) void this.work();
  }

  private hold(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.held += chunk.length;
    this.loose += 1;
    if (this.loose < MAX_PIECES) return;
    this.chunks.push(Buffer.concat(this.chunks.splice(-this.loose)));
    this.loose = 0;
  }

  /** A closed connection has given back everything. */
  private giveBack(bytes: number): void {
    const held = Math.min(bytes, this.taken);
    this.taken -= held;
    this.allowance.giveBack(held);
  }

  private join(atLeast: number): Buffer {
    const [first] = this.chunks;
    if (first && first.length >= atLeast) return first;
    const joined = Buffer.concat(this.chunks);
    this.chunks = [joined];
    this.loose = 0;
    return joined;
  }

  private takeMessage(): Buffer {
    const joined = this.join(this.expected);
    const message = joined.subarray(0, this.expected);
    const rest = joined.subarray(this.expected);
    this.chunks = rest.length > 0 ? [rest, ...this.chunks.slice(1)] : this.chunks.slice(1);
    this.held -= this.expected;
    this.expected = 0;
    return message;
  }

  private async work(): Promise<void> {
    this.busy = true;
    try {
      for (let message = this.queue.shift(); message && !this.socket.destroyed; message = this.queue.shift()) {
        const request = parseRequest(message);
        const answer = await this.answer(request);
        if (request.wantsReply && !this.send(request, answer)) await this.drained();
        this.unanswered -= message.length;
        this.giveBack(message.length);
        if (this.unanswered <= MAX_UNANSWERED) this.socket.resume();
      }
    } catch (error) {
      this.socket.destroy();
      if (!(error instanceof MalformedBson || error instanceof RangeError)) throw error;
    } finally {
      this.busy = false;
    }
  }

  private send(request: Request, answer: Doc): boolean {
    let flowing = true;
    this.socket.cork();
    for (const part of encodeReply(request, answer)) flowing = this.socket.write(part);
    this.socket.uncork();
    return flowing;
  }

  /** A client that does not read its answers is not answered further, so that they do not pile up in memory. */
  private async drained(): Promise<void> {
    const { socket } = this;
    if (socket.destroyed || !socket.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        socket.off('drain', done).off('close', done);
        resolve();
      };
      socket.on('drain', done).on('close', done);
    });
  }
}

import { randomUUID } from 'node:crypto';
import { KIND_TOMBSTONE, recordCreatedMs, recordKind } from '../codec/recorded-event.js';
import { readResponses } from '../codec/responses.js';
import type { Engine } from '../engine/engine.js';
import { hasAged, type StreamState } from '../engine/stream-state.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { accessDenied, streamDeleted } from '../transport/status.js';
import type { View } from './render.js';

/** A live subscriber with more unsent bytes than this reads from the disk again instead of filling the memory. */
export const MOST_UNSENT = 4 * 1024 * 1024;
const PAGE = 500;

/** Follows one stream: pages from the disk up to its end, then each batch as it is committed. */
export function subscribeToStream(
  engine: Engine,
  call: GrpcCall,
  name: string,
  from: number | bigint | 'start' | 'end',
  view: View,
): void {
  const known = engine.streams.find(name);
  if (known !== undefined && engine.streams.isTombstoneVisible(known)) throw streamDeleted(name);
  const stream = known ?? engine.streams.findOrNew(name);
  call.send(readResponses.confirmation(randomUUID()));
  new StreamSubscription(engine, call, stream, from, view).start();
}

class StreamSubscription {
  /** The next revision to send. */
  private next: number;
  private isLive = false;
  private readonly follow = (record: Buffer, position: number): void => this.receive(record, position);

  constructor(
    private readonly engine: Engine,
    private readonly call: GrpcCall,
    private readonly stream: StreamState,
    from: number | bigint | 'start' | 'end',
    private readonly view: View,
  ) {
    this.next = from === 'start' ? 0 : from === 'end' ? stream.visible : Number(from) + 1;
    call.onClose = () => this.leave();
  }

  /** It follows the stream from here on, so that there is one state of it, and hears of its events once it is live. */
  start(): void {
    this.engine.streams.follow(this.stream, this.follow);
    this.catchUp().catch((error: unknown) => this.call.fail(error));
  }

  private async catchUp(): Promise<void> {
    const { call, stream, engine } = this;
    while (!call.isOver) {
      const frames = this.nextPage();
      if (!this.view.mayRead()) throw accessDenied();
      if (frames === undefined) {
        this.goLive();
        return;
      }
      if (frames.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
      else if (!call.send(Buffer.concat(frames))) await call.drained();
      if (engine.streams.isTombstoneVisible(stream)) throw streamDeleted(stream.name);
    }
  }

  private nextPage(): Buffer[] | undefined {
    const { stream, engine } = this;
    const metadata = stream.visibleMetadata;
    const last = stream.visible - 1;
    if (metadata.softDeleted) this.next = Math.max(this.next, stream.visible);
    this.next = Math.max(this.next, Math.min(stream.firstVisible, last + 1));
    if (this.next > last) return undefined;
    const records = engine.log.readPage(stream.positions, this.next, Math.min(last + 1, this.next + PAGE));
    const now = Date.now();
    const frames: Buffer[] = [];
    for (const [index, record] of records.entries())
      if (!hasAged(metadata, recordCreatedMs(record), now))
        frames.push(this.view.render(record, stream.positions.at(this.next + index)));
    this.next += records.length;
    return frames;
  }

  private goLive(): void {
    this.call.send(readResponses.caughtUp());
    this.isLive = true;
  }

  private leave(): void {
    this.isLive = false;
    this.engine.streams.unfollow(this.stream, this.follow);
  }

  private receive(record: Buffer, position: number): void {
    if (!this.isLive) return;
    if (!this.view.mayRead()) {
      this.call.fail(accessDenied());
      return;
    }
    if (recordKind(record) === KIND_TOMBSTONE) {
      this.call.sendSoon(this.view.render(record, position));
      this.call.fail(streamDeleted(this.stream.name));
      return;
    }
    const revision = this.stream.visible - 1;
    if (revision < this.next) return;
    if (this.call.unsentBytes > MOST_UNSENT) {
      this.leave();
      this.start();
      return;
    }
    this.next = revision + 1;
    this.call.sendSoon(this.view.render(record, position));
  }
}

import { randomUUID } from 'node:crypto';
import { readResponses } from '../codec/responses.js';
import type { Engine } from '../engine/engine.js';
import type { Filter } from '../engine/filter.js';
import type { StreamState } from '../engine/stream-state.js';
import type { Stored } from '../storage/batch.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { accessDenied, GrpcError, Status } from '../transport/status.js';
import type { View } from './render.js';
import { MOST_UNSENT } from './subscribe-stream.js';

export interface Filtering {
  matches: Filter;
  /** How many events the real server looks at in one page while it catches up. */
  searchWindow: number;
  /** After how many events that were looked at a checkpoint follows. */
  interval: number;
}

const PAGE = 500;
/** The real server ends a page of a filtered read after this many matches too. */
const MATCHES_PER_PAGE = 32;

/** Follows $all after the position `start`: pages from the disk up to the end, then each batch as it is committed. */
export function subscribeToAll(
  engine: Engine,
  call: GrpcCall,
  start: number | undefined,
  filtering: Filtering | undefined,
  view: View,
): void {
  call.send(readResponses.confirmation(randomUUID()));
  const { log } = engine;
  if (start !== undefined && start > 0 && start < log.durableEnd && !log.isPosition(start))
    throw new GrpcError(Status.INVALID_ARGUMENT, 'Trying to read from an invalid position.');
  new AllSubscription(engine, call, start, filtering, view).run();
}

class AllSubscription {
  /** Everything up to this position is done with. */
  private done: number;
  private isLive = false;
  private readonly follow = (records: Stored<StreamState>[]): void => this.receive(records);
  private out: Buffer[] = [];
  private lastSent: number;
  private lastCheckpoint = -1;
  private considered = 0;
  private page = { considered: 0, matched: 0, startCommit: 0, startPrepare: 0, lastMatch: -1 };

  constructor(
    private readonly engine: Engine,
    private readonly call: GrpcCall,
    start: number | undefined,
    private readonly filtering: Filtering | undefined,
    private readonly view: View,
  ) {
    this.done = start ?? -1;
    this.lastSent = start ?? 0;
    call.onClose = () => this.leave();
  }

  run(): void {
    this.considered = 0;
    this.page.considered = 0;
    this.catchUp().catch((error: unknown) => this.call.fail(error));
  }

  private async catchUp(): Promise<void> {
    const { call, filtering } = this;
    const { log } = this.engine;
    // The page of a filtered subscription begins with the event it starts after, which counts as looked at.
    let from = this.done;
    while (!call.isOver) {
      const index = log.events.lowerBound(from);
      if (index >= log.events.length) {
        this.goLive();
        return;
      }
      if (!this.view.mayRead()) throw accessDenied();
      const records = log.readPage(log.events, index, Math.min(log.events.length, index + PAGE));
      for (const [offset, record] of records.entries()) {
        const position = log.events.at(index + offset);
        if (filtering !== undefined) this.consider(record, position, filtering);
        else if (position > this.done) this.out.push(this.view.render(record, position));
        this.done = Math.max(this.done, position);
        from = position + 1;
      }
      await this.sendOut();
    }
  }

  private async sendOut(): Promise<void> {
    const frames = this.out;
    this.out = [];
    if (frames.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    else if (!this.call.send(Buffer.concat(frames))) await this.call.drained();
  }

  /** Counts as the real server's pages do: its checkpoints while catching up fall on their ends. */
  private consider(record: Buffer, position: number, { matches, searchWindow, interval }: Filtering): void {
    const { page } = this;
    if (page.considered === 0) {
      page.startCommit = position;
      page.startPrepare = position === this.done ? position : 0;
      page.matched = 0;
      page.lastMatch = -1;
    }
    page.considered += 1;
    if (matches(record)) {
      page.matched += 1;
      if (position > this.done) {
        this.out.push(this.view.render(record, position));
        page.lastMatch = this.lastSent = position;
      }
    }
    if (page.considered < searchWindow && page.matched < MATCHES_PER_PAGE) return;
    this.considered += page.considered;
    page.considered = 0;
    if (this.considered < interval) return;
    this.considered %= interval;
    if (page.lastMatch >= 0) this.checkpoint(page.lastMatch, page.lastMatch);
    else this.checkpoint(page.startCommit, page.startPrepare);
  }

  private checkpoint(commit: number, prepare: number): void {
    this.lastCheckpoint = commit;
    this.out.push(readResponses.checkpoint(commit, prepare));
  }

  private goLive(): void {
    if (this.filtering !== undefined && this.lastSent > this.lastCheckpoint)
      this.checkpoint(this.lastSent, this.lastSent);
    this.out.push(readResponses.caughtUp());
    this.call.send(Buffer.concat(this.out));
    this.out = [];
    this.considered = 0;
    this.isLive = true;
    this.engine.allFollowers.add(this.follow);
  }

  private leave(): void {
    this.isLive = false;
    this.engine.allFollowers.delete(this.follow);
  }

  private receive(records: Stored<StreamState>[]): void {
    if (!this.isLive) return;
    if (!this.view.mayRead()) {
      this.call.fail(accessDenied());
      return;
    }
    if (this.call.unsentBytes > MOST_UNSENT) {
      this.leave();
      this.run();
      return;
    }
    for (const { record, position } of records) {
      if (position <= this.done) continue;
      this.done = position;
      if (this.filtering === undefined) this.out.push(this.view.render(record, position));
      else this.considerLive(record, position, this.filtering);
    }
    if (this.out.length === 0) return;
    this.call.send(this.out.length === 1 ? (this.out[0] as Buffer) : Buffer.concat(this.out));
    this.out = [];
  }

  private considerLive(record: Buffer, position: number, { matches, interval }: Filtering): void {
    if (matches(record)) {
      this.out.push(this.view.render(record, position));
      this.lastSent = position;
    }
    this.considered += 1;
    if (this.considered < interval) return;
    this.considered = 0;
    this.checkpoint(position, position);
  }
}

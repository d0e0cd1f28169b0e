import { GrpcError, Status } from './status.js';

/** What one client, or all of them together, may take of the server. Specs wait less. */
export interface Limits {
  readonly sockets: number;
  readonly sessions: number;
  readonly streamsPerSession: number;
  /** A client that opens and cancels calls faster than this, within `windowMs`, is flooding the server. */
  readonly resets: number;
  /** PING and SETTINGS frames within `windowMs`; clients that measure the bandwidth send a few hundred a second. */
  readonly controlFrames: number;
  readonly windowMs: number;
  /** How long a socket may take for the HTTP/2 preface and its SETTINGS, or for a whole HTTP/1 request. */
  readonly prefaceMs: number;
  /**
   * A session that is silent for so long ends when it has no call, for its client connects again when it needs to; one
   * with calls ends when it then leaves a PING without an answer for as long again.
   */
  readonly silenceMs: number;
  /** Bytes of requests that are not yet whole, of all clients together. */
  readonly unfinishedBytes: number;
}

export const LIMITS: Limits = {
  sockets: 1024,
  sessions: 64,
  streamsPerSession: 100,
  resets: 200,
  controlFrames: 10_000,
  windowMs: 10_000,
  prefaceMs: 5000,
  silenceMs: 30_000,
  unfinishedBytes: 256 * 1024 * 1024,
};

/** Counts what happens within a window of time. */
export class Rate {
  private since = 0;
  private count = 0;

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
  ) {}

  /** Counts one more at `now`, in milliseconds; answers whether that is too many. */
  exceeds(now: number): boolean {
    if (now - this.since > this.windowMs) {
      this.since = now;
      this.count = 0;
    }
    this.count += 1;
    return this.count > this.most;
  }
}

/** Memory that requests share until they are whole. */
export class Allowance {
  private used = 0;

  constructor(private readonly most: number) {}

  /** Takes more, or gives back when `bytes` is negative. Throws RESOURCE_EXHAUSTED when there is not so much left. */
  take(bytes: number): void {
    if (bytes > 0 && this.used + bytes > this.most)
      throw new GrpcError(
        Status.RESOURCE_EXHAUSTED,
        `The requests that were begun and not finished are larger than ${this.most} bytes together.`,
      );
    this.used += bytes;
  }
}

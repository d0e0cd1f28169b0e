import { randomUUID } from 'node:crypto';
import {
  type AllStreamRecordedEvent,
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  type EventStoreDBClient,
  NO_STREAM,
  type Position,
  START,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import type { Answer, Fault, History, Sight, Write } from '../../../test/crash/history/history.js';
import { anEvent } from './given.js';

export const ALL = '$all';

interface Acknowledged {
  readonly write: Write;
  readonly position: Position | undefined;
}

/** Writers, readers and subscribers of one store who write down what they asked, were answered and saw. */
export class RecordedClients {
  readonly complaints: Fault[] = [];
  readonly #writes: Write[] = [];
  readonly #sights: Sight[] = [];
  readonly #acknowledged: Acknowledged[] = [];
  #moment = 0;
  #isOver = false;

  /** `base` is the position after which everything in $all is theirs. */
  constructor(
    private readonly streams: readonly string[],
    private readonly base: Position | typeof START,
  ) {}

  get acknowledged(): number {
    return this.#acknowledged.length;
  }

  /** From now on nobody asks anything more. */
  stop(): void {
    this.#isOver = true;
  }

  /** Appends to one stream after the other, on the revision that it last heard of, until the store is gone. */
  async write(client: EventStoreDBClient, writer: number): Promise<void> {
    const known = new Map<string, AppendExpectedRevision>();
    for (let turn = writer; !this.#isOver; turn++) {
      const stream = this.streams[turn % this.streams.length]!;
      const expectedRevision = known.get(stream) ?? NO_STREAM;
      const events = Array.from({ length: 1 + (turn % 3) }, () => anEvent(writer, 'Counted', randomUUID()));
      const asked = this.#moment++;
      const record = (answer?: Answer): Write => {
        const onlyAt = expectedRevision === NO_STREAM ? 0 : Number(expectedRevision) + 1;
        const ids = events.map(({ id }) => id);
        const write = { ids, logs: [stream, ALL], onlyAt, asked, ...(answer !== undefined && { answer }) };
        this.#writes.push(write);
        return write;
      };
      try {
        const result = await client.appendToStream(stream, events, { expectedRevision });
        const at = Number(result.nextExpectedRevision) + 1 - events.length;
        const write = record({ done: true, at, moment: this.#moment++ });
        this.#acknowledged.push({ write, position: result.position });
        known.set(stream, result.nextExpectedRevision);
        if (turn % 7 === 0) await this.#repeat(client, stream, events, expectedRevision, result.nextExpectedRevision);
      } catch (error) {
        if (!(error instanceof WrongExpectedVersionError)) {
          record();
          return;
        }
        const current = error.actualVersion ?? NO_STREAM;
        record({ done: false, length: current === NO_STREAM ? 0 : Number(current) + 1, moment: this.#moment++ });
        known.set(stream, current);
      }
    }
  }

  async #repeat(
    client: EventStoreDBClient,
    stream: string,
    events: ReturnType<typeof anEvent>[],
    expectedRevision: AppendExpectedRevision,
    before: bigint,
  ): Promise<void> {
    const { nextExpectedRevision } = await client.appendToStream(stream, events, { expectedRevision });
    if (nextExpectedRevision !== before)
      this.complaints.push({ kind: 'doubled', what: `a repeat in ${stream} was answered as another append` });
  }

  /** Reads a stream or $all over and over, in both directions, until the store is gone. */
  async read(client: EventStoreDBClient, log: string): Promise<void> {
    for (let turn = 0; !this.#isOver; turn++) {
      const since = this.#moment++;
      try {
        const ids = (await this.entries(client, log, turn % 2 === 1)).map(({ id }) => id);
        this.#sights.push({ who: `a reader of ${log}`, log, from: 0, ids, since, seen: this.#moment++ });
      } catch {
        return;
      }
    }
  }

  /** The events of a log of theirs, in order; complains when their revisions or positions have another. */
  async entries(client: EventStoreDBClient, log: string, backwards = false): Promise<AllStreamRecordedEvent[]> {
    const events: AllStreamRecordedEvent[] = [];
    const reading =
      log !== ALL
        ? client.readStream(log, backwards ? { direction: BACKWARDS, fromRevision: END } : {})
        : client.readAll(backwards ? { direction: BACKWARDS, fromPosition: END } : { fromPosition: this.base });
    try {
      for await (const { event } of reading) {
        if (event === undefined || (log === ALL && !this.#isTheirs(event))) continue;
        events.push(event as AllStreamRecordedEvent);
      }
    } catch (error) {
      if ((error as { type?: string }).type !== 'stream-not-found') throw error;
    }
    if (backwards) events.reverse();
    for (const [index, { revision, position }] of events.entries()) {
      const before = events[index - 1];
      const inOrder =
        log === ALL ? before === undefined || before.position.commit < position.commit : Number(revision) === index;
      if (!inOrder) this.complaints.push({ kind: 'reordered', what: `${log} has ${revision} at ${index}` });
    }
    return events;
  }

  #isTheirs({ streamId }: { streamId: string }): boolean {
    return this.streams.includes(streamId);
  }

  /** Follows a log from its beginning; what arrived before the store was gone counts. */
  follow(client: EventStoreDBClient, log: string): void {
    const ids: string[] = [];
    const seen: number[] = [];
    this.#sights.push({ who: `a subscriber of ${log}`, log, from: 0, ids, since: 0, seen });
    const subscription =
      log === ALL
        ? client.subscribeToAll({ fromPosition: this.base })
        : client.subscribeToStream(log, { fromRevision: START });
    subscription.on('error', () => {});
    subscription.on('data', ({ event }) => {
      if (event === undefined || !this.#isTheirs(event)) return;
      ids.push(event.id);
      seen.push(this.#moment++);
    });
  }

  /** What the store holds when nobody writes any more, and what a new subscriber gets until it is up to date. */
  async history(client: EventStoreDBClient): Promise<{ history: History; last: Position | typeof START }> {
    const since = this.#moment++;
    const final = new Map<string, readonly string[]>();
    const all = await this.entries(client, ALL);
    final.set(
      ALL,
      all.map(({ id }) => id),
    );
    for (const stream of this.streams)
      final.set(
        stream,
        (await this.entries(client, stream)).map(({ id }) => id),
      );
    const positions = new Map(all.map(({ id, position }) => [id, position.commit]));
    for (const { write, position } of this.#acknowledged)
      if (position?.commit !== positions.get(write.ids.at(-1)!))
        this.complaints.push({ kind: 'reordered', what: `${write.ids.at(-1)} was said to be at ${position?.commit}` });
    const subscription = client.subscribeToAll({ fromPosition: this.base });
    const caughtUp: string[] = [];
    subscription.on('data', ({ event }) => {
      if (event !== undefined && this.#isTheirs(event)) caughtUp.push(event.id);
    });
    await new Promise<void>((resolve) => subscription.once('caughtUp', resolve));
    await subscription.unsubscribe();
    this.#sights.push({ who: 'a new subscriber', log: ALL, from: 0, ids: caughtUp, since, seen: this.#moment++ });
    const history = { writes: this.#writes, sights: this.#sights, cuts: [], final };
    return { history, last: all.at(-1)?.position ?? this.base };
  }
}

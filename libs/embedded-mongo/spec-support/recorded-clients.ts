import { Long, MongoClient, UUID, type BSON } from 'mongodb';
import type { Answer, Cut, Fault, History, Sight, Write } from '../../../test/crash/history/history.js';
import { WireClient } from './wire-client.js';

const PADDING = 'x'.repeat(2000);

/** A document to whose log writers add; `length` and `padding` are written with it. */
interface Log {
  readonly _id: string;
  readonly log: readonly string[];
  readonly length: number;
  readonly padding: string;
}

interface Sent {
  readonly command: BSON.Document;
  readonly record: (answer: BSON.Document | undefined) => void;
}

/** Writers and readers of one database who write down what they asked, were answered and saw. */
export class RecordedClients {
  readonly complaints: Fault[] = [];
  acknowledged = 0;
  readonly #writes = new Map<string, Write>();
  readonly #sights: Sight[] = [];
  readonly #cuts: Cut[] = [];
  /** The last command of each writer, whether it was answered or not. */
  readonly #last: Sent[] = [];
  #moment = 0;
  #isOver = false;

  constructor(
    private readonly database: string,
    private readonly documents: readonly string[],
  ) {}

  stop(): void {
    this.#isOver = true;
  }

  async prepare(url: string): Promise<void> {
    const client = await MongoClient.connect(url);
    await client.db(this.database).collection('slots').createIndex({ slot: 1 }, { unique: true });
    await client.db(this.database).collection('logs').createIndex({ length: 1 });
    await client.close();
  }

  /** Adds to documents and claims slots, each command a retryable write of one session, until the server is gone. */
  async write(port: number, writer: number): Promise<void> {
    const client = new WireClient(port);
    const lsid = { id: new UUID() };
    const known = new Map<string, number>();
    for (let turn = 0; !this.#isOver; turn++) {
      const sent = this.#next(writer, turn, { lsid, txnNumber: Long.fromNumber(turn + 1) }, known);
      this.#last[writer] = sent;
      try {
        sent.record(await client.ask(sent.command));
        this.acknowledged += 1;
      } catch {
        break;
      }
    }
    client.close();
  }

  #next(writer: number, turn: number, session: BSON.Document, known: Map<string, number>): Sent {
    const id = `${writer}-${turn}`;
    const command = { $db: this.database, ...session };
    const _id = this.documents[(writer + turn) % this.documents.length]!;
    const change = { $push: { log: id }, $inc: { length: 1 }, $set: { padding: PADDING } };
    if (turn % 4 === 0) {
      const slot = Math.floor(turn / 4);
      const record = this.#recorder(id, `slot ${slot}`, 0, ({ writeErrors }) =>
        writeErrors === undefined ? 0 : undefined,
      );
      return { command: { insert: 'slots', documents: [{ _id: id, slot }], ...command }, record };
    }
    if (turn % 4 === 1) {
      const record = this.#recorder(id, _id, undefined, () => NaN);
      return { command: { update: 'logs', updates: [{ q: { _id }, u: change, upsert: true }], ...command }, record };
    }
    const length = known.get(_id) ?? 1;
    const record = this.#recorder(id, _id, length, ({ value }) => {
      known.set(_id, value === null ? length + 1 : (value as Log).length);
      return value === null ? undefined : (value as Log).length - 1;
    });
    return {
      command: { findAndModify: 'logs', query: { _id, length }, update: change, new: true, ...command },
      record,
    };
  }

  /** `placeIn` reads from an answer where the entry went: NaN when it does not say, undefined when it was refused. */
  #recorder(
    id: string,
    log: string,
    onlyAt: number | undefined,
    placeIn: (answer: BSON.Document) => number | undefined,
  ): Sent['record'] {
    const write: Write = { ids: [id], logs: [log], asked: this.#moment++, ...(onlyAt !== undefined && { onlyAt }) };
    this.#writes.set(id, write);
    return (answered) => {
      if (answered === undefined) return;
      if (answered['ok'] !== 1) this.complaints.push({ kind: 'phantom', what: `${id} failed: ${answered['errmsg']}` });
      const at = placeIn(answered);
      const moment = this.#moment++;
      const refusal = { done: false, moment, ...(log.startsWith('slot') && { length: 1 }) } as const;
      const answer: Answer = at === undefined ? refusal : { done: true, moment, ...(Number.isNaN(at) ? {} : { at }) };
      const before = this.#writes.get(id)!.answer;
      if (before !== undefined && before.done !== answer.done)
        this.complaints.push({ kind: 'doubled', what: `the retry of ${id} was answered as another write` });
      this.#writes.set(id, { ...write, answer: before ?? answer });
    };
  }

  /** Sends the last command of each writer again: it is to be done once, whether it was done before or not. */
  async retry(port: number): Promise<void> {
    for (const { command, record } of this.#last) {
      const client = new WireClient(port);
      record(await client.ask(command));
      client.close();
    }
  }

  /** Reads all documents with a cursor of many batches, over and over; each reading is one instant. */
  async read(client: MongoClient): Promise<void> {
    while (!this.#isOver)
      try {
        await this.#look(client, 'a cursor', async () => {
          const enough = this.acknowledged + 5;
          while (this.acknowledged < enough && !this.#isOver) await new Promise((resolve) => setTimeout(resolve, 1));
        });
      } catch {
        return;
      }
  }

  async #look(client: MongoClient, who: string, betweenBatches?: () => Promise<void>): Promise<Log[]> {
    const since = this.#moment++;
    const cursor = client.db(this.database).collection<Log>('logs').find().batchSize(2);
    const found: Log[] = [];
    const first = await cursor.next();
    const seen = this.#moment++;
    if (first !== null) found.push(first);
    await betweenBatches?.();
    for await (const log of cursor) found.push(log);
    for (const { _id, log, length, padding } of found)
      if (length !== log.length || padding !== PADDING)
        this.complaints.push({ kind: 'phantom', what: `${who} saw ${_id} torn` });
    const logs = new Map(found.map(({ _id, log }) => [_id, log]));
    for (const log of this.documents) this.#sights.push({ who, log, from: 0, ids: logs.get(log) ?? [], since, seen });
    this.#cuts.push({ who, lengths: new Map(this.documents.map((log) => [log, logs.get(log)?.length ?? 0])) });
    return found;
  }

  /** What the server holds when nobody writes any more. */
  async history(url: string): Promise<History> {
    const client = await MongoClient.connect(url);
    const final = new Map<string, readonly string[]>(this.documents.map((log) => [log, []]));
    const found = await this.#look(client, 'a new reader');
    for (const { _id, log } of found) final.set(_id, log);
    const slots = client.db(this.database).collection<{ _id: string; slot: number }>('slots');
    for await (const { _id, slot } of slots.find().sort({ slot: 1 }))
      final.set(`slot ${slot}`, [...(final.get(`slot ${slot}`) ?? []), _id]);
    for (const { _id, length } of found)
      if (
        (
          await client
            .db(this.database)
            .collection<Log>('logs')
            .find({ length, _id }, { hint: { length: 1 } })
            .toArray()
        ).length !== 1
      )
        this.complaints.push({ kind: 'lost', what: `${_id} is not found through its index` });
    await client.close();
    return { writes: [...this.#writes.values()], sights: this.#sights, cuts: this.#cuts, final };
  }
}

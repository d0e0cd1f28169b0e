import { MongoClient } from 'mongodb';
import { KilledProgram } from '../../../test/crash/killed-program.js';
import { fuzz } from '../../../test/fuzz/fuzz.js';
import { mutated } from '../../../test/fuzz/mutate.js';
import { recordRequests } from '../../../test/fuzz/recorded-requests.js';
import { sendBytes } from '../../../test/fuzz/send-bytes.js';

interface Row {
  _id: number;
  n?: number;
  list?: number[];
}

/** One of most of what the driver can ask of the server. */
async function useAll(client: MongoClient): Promise<void> {
  const rows = client.db('fuzz').collection<Row>('rows');
  await rows.createIndex({ n: 1 });
  await rows.insertMany(Array.from({ length: 30 }, (_, _id) => ({ _id, n: _id, list: [_id, 1] })));
  await rows.updateMany({ n: { $gt: 3, $in: [1, 2, 5] } }, { $inc: { n: 1 }, $push: { list: 7 } });
  await rows.findOneAndUpdate({ _id: 1 }, { $set: { n: 7 } }, { sort: { n: -1 }, upsert: true });
  await rows
    .find({ list: { $elemMatch: { $gte: 1 } } })
    .sort({ n: 1 })
    .project({ n: 1 })
    .batchSize(3)
    .toArray();
  await rows
    .aggregate([{ $match: { n: { $exists: true } } }, { $group: { _id: '$n', sum: { $sum: '$n' } } }])
    .toArray();
  await rows.distinct('n');
  await rows.bulkWrite([
    { deleteOne: { filter: { _id: 3 } } },
    { replaceOne: { filter: { _id: 4 }, replacement: { n: 9 } } },
  ]);
  await rows.indexes();
  await client.db('fuzz').listCollections().toArray();
  await rows.rename('renamed', { dropTarget: true });
  await client.db('fuzz').dropDatabase();
}

function messagesOf(connection: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at + 16 <= connection.length; at += connection.readInt32LE(at))
    messages.push(connection.subarray(at, at + connection.readInt32LE(at)));
  return messages;
}

/** The server as a process of its own, attacked with what a driver really sent, changed. */
export class FuzzedDatabase {
  readonly #program = new KilledProgram('embedded-mongo', 'startEmbeddedMongo', 'startEmbeddedMongoWorker');
  #messages: Buffer[] = [];
  #port = 0;
  #pid = 0;
  #client!: MongoClient;

  async start(): Promise<void> {
    const { child, says } = await this.#program.start('in-process');
    this.#pid = child.pid!;
    this.#port = Number(new URL(says.replace('mongodb:', 'http:')).port);
    const connections = await recordRequests(this.#port, async (port) => {
      const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
      await useAll(client);
      await client.close();
    });
    this.#messages = connections.flatMap(messagesOf);
    this.#client = await MongoClient.connect(says);
  }

  readonly #serve = async (): Promise<void> => {
    const others = this.#client.db('others').collection<Row>('rows');
    await others.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { upsert: true });
    if ((await others.findOne({ _id: 1 }))?.n === undefined) throw new Error('what was written is not read');
  };

  /** Messages with faults in them, most with a length that adds up; each connection is ended by the server. */
  messages(first: number, count: number): Promise<number> {
    return fuzz({ pid: this.#pid, serve: this.#serve }, first, count, (dice) => {
      const message = mutated(dice.pick(this.#messages), dice);
      if (message.length >= 16 && dice.below(4) > 0) {
        message.writeInt32LE(message.length, 0);
        message.writeInt32LE(2013, 12);
      }
      const bytes = dice.below(20) === 0 ? dice.bytes(dice.below(500)) : message;
      const cut = dice.below(bytes.length + 1);
      return sendBytes(this.#port, [bytes.subarray(0, cut), bytes.subarray(cut)]);
    });
  }

  async close(): Promise<void> {
    await this.#client.close();
    await this.#program.clear();
  }
}

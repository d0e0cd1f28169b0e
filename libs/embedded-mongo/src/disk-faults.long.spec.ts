import { MongoClient, type Collection } from 'mongodb';
import { noStrace } from '../../../test/crash/strace.js';
import { KilledServer } from '../spec-support/killed-server.js';

interface Row {
  readonly _id: number;
}
const MOST = 200;

const where = noStrace === undefined ? describe : describe.skip;
where(
  `The embedded document store on a disk that fails${noStrace === undefined ? '' : ` (skipped: ${noStrace})`}`,
  () => {
    let server: KilledServer;
    beforeEach(() => (server = new KilledServer()));
    afterEach(() => server.close());

    /** Inserts one by one until one is refused. */
    async function fill(rows: Collection<Row>): Promise<{ acknowledged: number[]; refusal: unknown }> {
      const acknowledged: number[] = [];
      for (let _id = 0; _id < MOST; _id++) {
        try {
          await rows.insertOne({ _id });
        } catch (refusal) {
          return { acknowledged, refusal };
        }
        acknowledged.push(_id);
      }
      return { acknowledged, refusal: undefined };
    }
    const idsOf = async (rows: Collection<Row>): Promise<number[]> =>
      (await rows.find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
    async function withRows<T>(url: string, work: (rows: Collection<Row>) => Promise<T>): Promise<T> {
      const client = await MongoClient.connect(url, { retryWrites: false, serverSelectionTimeoutMS: 5_000 });
      try {
        return await work(client.db('test').collection<Row>('rows'));
      } finally {
        await client.close();
      }
    }

    // The counts leave room for what the start itself writes.
    it.each([
      ['fdatasync', 12],
      ['pwrite64', 40],
    ])(
      'given that %s fails once, at call %d, then every later write is refused, reads go on, and nothing acknowledged is lost',
      async (call, when) => {
        const strace = ['-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:error=EIO:when=${when}`];
        const { child, says } = await server.start('in-process', strace);
        const acknowledged = await withRows(says, async (rows) => {
          const filled = await fill(rows);
          expect(filled.refusal).toMatchObject({ code: 1 });
          await expect(rows.insertOne({ _id: MOST })).rejects.toMatchObject({ code: 1 });
          expect(await idsOf(rows)).toEqual(expect.arrayContaining(filled.acknowledged));
          return filled.acknowledged;
        });
        expect(acknowledged.length).toBeGreaterThan(0);
        child.kill('SIGKILL');
        const again = await server.start('in-process');
        const found = await withRows(again.says, idsOf);
        expect(found.filter((_id) => _id < acknowledged.length)).toEqual(acknowledged);
        // The insert that was refused when the disk failed may have reached it; the one after may not.
        expect(found.length).toBeLessThanOrEqual(acknowledged.length + 1);
        expect(found).not.toContain(MOST);
      },
    );
  },
);

// Our side of the peers' harness, in the shape of its raw.mjs: the project's own EventLog, StreamDecider and engine.
import { randomUUID } from 'node:crypto';
import { dist } from '../harness.mjs';
import { RecordBenchReading, benchReadings, metadataOf, recordBenchReading, tallyOf } from '../reading-slice.mjs';

const { EventLog, StreamDecider } = await dist('libs/event-store/src/index.js');
const { LocalEngine, ReadModels } = await dist('libs/projections/src/index.js');
const { RuleViolation } = await dist('libs/kernel/src/index.js');
const { EVENTSTORE_URL, MONGODB_URL } = process.env;
/** The harness's own parts, where the runner has put its copy. */
const { Rejected, reading } = await import(new URL('common.mjs', process.env.PEERS_SOURCE).href);

const longest = 600_000;

/** Streams of ours are category-tenant/id; the harness counts what its prefix begins with. */
const streamIn = (name) => {
  const hyphen = name.indexOf('-');
  return { category: name.slice(0, hyphen), tenant: name.slice(hyphen + 1), id: 'readings' };
};

/** The view of W3 to W6. Its own version field does the work of `lastPosition`. */
const viewOf = ({ view, prefix }) => {
  const tally = tallyOf(view, ({ data }) => `${data.indicator}|${data.period}`);
  return { ...tally, documentIds: (event) => (event.streamName.startsWith(prefix) ? tally.documentIds(event) : []) };
};

async function engineOf(cx) {
  const log = EventLog.connect(EVENTSTORE_URL);
  const readModels = new ReadModels(MONGODB_URL, cx.dbName);
  const close = async () => {
    await readModels.close();
    await log.close();
  };
  return { log, readModels, engine: new LocalEngine(log, readModels, [viewOf(cx)]), close };
}

const positionOf = (text) => ({ commit: BigInt(text), prepare: BigInt(text) });

/** All peers begin at the position before the preload; ours keeps where it is as a checkpoint, so it gets one. */
async function beginAt(cx, log) {
  if (cx.from == null) return;
  const checkpoints = cx.db.collection('projection-checkpoints');
  const eventId = await log.idAt(positionOf(cx.from));
  const before = { epoch: 0, commit: String(cx.from), prepare: String(cx.from), eventId };
  await checkpoints.updateOne({ _id: 'ledger' }, { $setOnInsert: before }, { upsert: true });
  await cx.db
    .collection('projection-versions')
    .updateOne({ _id: cx.view }, { $setOnInsert: { version: 1 } }, { upsert: true });
}

export default {
  peer: 'civicledger',
  note: 'EventLog, StreamDecider and projection engine of this project',
  variants: {
    W1: [{ label: 'W1', note: 'state cached, loaded once per stream' }],
    W2: [{ label: 'W2', note: 'commands that wait on one stream are appended together' }],
  },
  rebuild: { offered: true, how: 'beside the old view, from the whole log, then renamed' },

  async commands() {
    const log = EventLog.connect(EVENTSTORE_URL);
    const decider = new StreamDecider(log);
    const aggregates = new Map();
    const aggregateOf = (category) => {
      if (!aggregates.has(category)) aggregates.set(category, benchReadings(category));
      return aggregates.get(category);
    };
    return {
      stats: { conflicts: 0 },
      close: () => log.close(),
      writer: () => async (stream, data) => {
        const { category, tenant, id } = streamIn(stream);
        const command = new RecordBenchReading(tenant, id, data, metadataOf(randomUUID()));
        try {
          await decider.execute(aggregateOf(category), command, recordBenchReading, undefined);
        } catch (error) {
          throw error instanceof RuleViolation ? new Rejected(error.message) : error;
        }
      },
    };
  },

  /** The events of the harness, as this project stores them: with metadata, in streams of its names. */
  async preload(run, prefix, n, streams) {
    const log = EventLog.connect(EVENTSTORE_URL);
    let last = 0n;
    let next = 0;
    const one = async () => {
      for (let s = next++; s < streams && s < n; s = next++) {
        const events = [];
        for (let i = s; i < n; i += streams) {
          const event = { type: 'ReadingRecorded', data: reading(run, i, streams) };
          events.push(log.codec.encode(event, metadataOf(randomUUID()), 0));
        }
        const { category, tenant, id } = streamIn(`${prefix}${s}`);
        let revision = -1n;
        for (let from = 0; from < events.length; from += 100) {
          const appended = await log.append(`${category}-${tenant}/${id}`, events.slice(from, from + 100), revision);
          revision = appended.revision;
          if (appended.position.commit > last) last = appended.position.commit;
        }
      }
    };
    await Promise.all([one(), one(), one(), one()]);
    await log.close();
    return { target: String(last) };
  },

  async project(cx) {
    const { log, readModels, engine, close } = await engineOf(cx);
    await beginAt(cx, log);
    let told = 0;
    const tell = () => {
      const events = engine.events - told;
      if (events === 0) return;
      told += events;
      cx.seen(-1n);
      cx.applied(events);
    };
    const watch = setInterval(tell, 2);
    await engine.start();
    void engine.waitFor(positionOf(cx.target), longest).then(() => {
      tell();
      cx.finish();
    });
    return {
      stop: async () => {
        clearInterval(watch);
        await engine.stop();
        await close();
      },
      readModels,
    };
  },

  async rebuildView(cx) {
    const { engine, close } = await engineOf(cx);
    await engine.rebuild(cx.view);
    await close();
  },
};

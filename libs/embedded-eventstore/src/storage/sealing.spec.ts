import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { durable, valuesOf } from '../../spec-support/engines.js';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { ANY } from '../codec/append-requests.js';
import { type AppendOutcome, Engine } from '../engine/engine.js';

const STREAMS = 150;
const SEGMENT = 300_000;
/** About as many as a segment holds. */
const EVENTS = 2000;

describe('The sealing of a segment', () => {
  let folder: string;
  let engine: Engine;
  let written: string[][];
  beforeEach(() => {
    folder = aFolder();
    // A turn of others after every step, so that the specs look at every moment.
    engine = new Engine(folder, undefined, { segmentBytes: SEGMENT, turnMs: 0, cachedRanges: 0 });
    written = Array.from({ length: STREAMS }, () => []);
  });
  afterEach(async () => {
    await engine.close();
    removeFolder(folder);
  });

  const files = (ending: string): string[] => readdirSync(folder).filter((name) => name.endsWith(ending));
  const nameOf = (stream: number): string => `stream-${stream}`;
  function idOf(stream: number, revision: number): Buffer {
    const id = Buffer.alloc(16);
    id.writeUInt32LE(stream + 1, 0);
    id.writeUInt32LE(revision, 8);
    return id;
  }

  function write(stream: number, revision: number): AppendOutcome {
    const event = { id: idOf(stream, revision), type: Buffer.from('T'), isJson: true };
    const data = Buffer.from(`${stream}/${revision}`);
    return engine.append(nameOf(stream), ANY, [{ ...event, metadata: Buffer.alloc(0), data }]);
  }

  /** Appends so many events to the streams in turn, and waits until they are durable. */
  async function given(events: number): Promise<void> {
    for (let event = 0; event < events; event++) {
      const stream = event % STREAMS;
      const revision = (written[stream] as string[]).push('') - 1;
      (written[stream] as string[])[revision] = `${stream}/${revision}`;
      write(stream, revision);
    }
    await durable(engine, engine.log.nextPosition - 1);
  }

  /** What of a stream is not found as it was written: its events by name, and its first one by id. */
  function missing(stream: number): string[] {
    const values = written[stream] as string[];
    const wrong = JSON.stringify(valuesOf(engine, nameOf(stream))) === JSON.stringify(values) ? [] : [nameOf(stream)];
    const { until } = write(stream, 0);
    return until < engine.log.durableEnd ? wrong : [...wrong, `${nameOf(stream)} was written again`];
  }

  /** Looks at one stream after another, one in every turn, until nothing is left to seal; answers how many turns there were. */
  async function lookingWhileSealing(): Promise<{ turns: number; wrong: string[] }> {
    let isOver = false;
    const sealed = engine.log.sealed().then(() => (isOver = true));
    const wrong: string[] = [];
    let turns = 0;
    for (; !isOver; turns++) {
      wrong.push(...missing(turns % STREAMS));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await sealed;
    return { turns, wrong };
  }

  it('given events in a segment whose index is being made, when they are looked up in every turn, then they are found', async () => {
    await given(EVENTS);
    await given(STREAMS);
    expect(files('.log')).toHaveLength(2);
    expect(files('.index')).toEqual([]);
    const { turns, wrong } = await lookingWhileSealing();
    expect(wrong).toEqual([]);
    expect(turns).toBeGreaterThan(100);
    expect(files('.index')).toHaveLength(1);
  });

  it('given a segment that is full while another is sealed, then they are sealed one after the other and nothing is lost', async () => {
    await given(EVENTS);
    for (let segment = 0; segment < 3; segment++) await given(EVENTS);
    expect(files('.log')).toHaveLength(4);
    expect(files('.index').length).toBeLessThan(3);
    expect((await lookingWhileSealing()).wrong).toEqual([]);
    expect(files('.index')).toHaveLength(3);
    expect(engine.log.indexes.list.map(({ end }) => end)).toEqual(
      files('.log')
        .slice(1)
        .map((name) => Number(/\d+/.exec(name))),
    );
    expect(Array.from({ length: STREAMS }, (_, stream) => missing(stream)).flat()).toEqual([]);
  });

  it('given an index that was made in turns, when it is made again at once, then its bytes are the same', async () => {
    await given(EVENTS);
    await given(1);
    await engine.log.sealed();
    const path = join(folder, files('.index')[0] as string);
    const inTurns = readFileSync(path);
    await engine.close();
    rmSync(path);
    engine = new Engine(folder, undefined, { segmentBytes: SEGMENT });
    expect(readFileSync(path)).toEqual(inTurns);
  });
});

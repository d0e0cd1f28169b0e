import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, MovableLog } from '@app/event-store';
import { exportLog, type ExportOptions } from './export-log.js';
import { importLog } from './import-log.js';

const enough = 2_400;

let folder: string;
let source: MovableLog;
let others: MovableLog;
let file: string;
const closing: (() => Promise<void>)[] = [];

async function start(name: string): Promise<MovableLog> {
  const store: EmbeddedEventStore = await startEmbeddedEventStore({ dataDir: join(folder, name) });
  const log = MovableLog.open(store.connectionString);
  closing.push(
    () => store.close(),
    () => log.close(),
  );
  return log;
}

/** Events of about a kilobyte, in runs over three streams. */
async function fill(dataDir: string, streams: string): Promise<void> {
  const store = await startEmbeddedEventStore({ dataDir: join(folder, dataDir) });
  const log = EventLog.connect(store.connectionString);
  const revisions = [-1n, -1n, -1n];
  for (let at = 0, run = 0; at < enough; at += 50, run++) {
    const of = run % 3;
    const events = Array.from({ length: 50 }, (_, index) => ({
      id: `00000000-0000-4000-8000-${String(at + index).padStart(12, '0')}`,
      type: 'Counted',
      data: Buffer.from(JSON.stringify({ n: at + index, text: 'x'.repeat(900) })),
      metadata: Buffer.from('{}'),
      bytes: 1_000,
    }));
    await log.append(`${streams}-boston/${of}`, events, revisions[of]!);
    revisions[of]! += 50n;
  }
  await log.close();
  await store.close();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'move-log-'));
  await fill('source', 'counts');
  source = await start('source');
  await fill('others', 'other');
  others = await start('others');
  file = join(folder, 'whole.ndjson.gz');
  await exportLog({ from: source, file });
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true });
});

const text = (path: string): string => gunzipSync(readFileSync(path)).toString();

/** Breaks off after so many events are told of. */
const brokenOffAfter = (events: number): Pick<ExportOptions, 'progress' | 'signal'> => {
  const interruption = new AbortController();
  return {
    signal: interruption.signal,
    progress: ({ count }) => {
      if (count >= events) interruption.abort();
    },
  };
};

describe('an exported ledger', () => {
  it('comes back as the same file by way of another store', async () => {
    const b = await start('b');
    const imported = await importLog({ file, into: b });
    expect(imported).toMatchObject({ events: enough, unchanged: 0 });
    const back = join(folder, 'back.ndjson.gz');
    expect(await exportLog({ from: b, file: back })).toEqual({ events: enough, digest: imported.digest });
    expect(text(back)).toBe(text(file));
    expect(await importLog({ file: back, into: source })).toMatchObject({ events: enough, unchanged: enough });
  });

  it('is continued where it was broken off, whatever stands behind the last note', async () => {
    const other = join(folder, 'continued.ndjson.gz');
    await expect(exportLog({ from: source, file: other, ...brokenOffAfter(1) })).rejects.toThrow('aborted');
    expect(existsSync(other)).toBe(false);
    appendFileSync(`${other}.partial`, 'half of a member');
    await expect(exportLog({ from: source, file: other, ...brokenOffAfter(1_200) })).rejects.toThrow('aborted');
    expect((await exportLog({ from: source, file: other })).events).toBe(enough);
    expect(text(other)).toBe(text(file));
    expect(existsSync(`${other}.partial`) || existsSync(`${other}.progress`)).toBe(false);
  });

  it('is continued from the same store only, and never written over', async () => {
    const other = join(folder, 'another.ndjson.gz');
    await expect(exportLog({ from: source, file: other, ...brokenOffAfter(1) })).rejects.toThrow('aborted');
    await expect(exportLog({ from: others, file: other })).rejects.toThrow('of another log');
    await expect(exportLog({ from: source, file })).rejects.toThrow('is there already');
  });

  it('of a store without a ledger has no events, and is imported as such', async () => {
    const empty = join(folder, 'empty.ndjson.gz');
    expect((await exportLog({ from: await start('empty'), file: empty })).events).toBe(0);
    expect(await importLog({ file: empty, into: await start('empty-too') })).toMatchObject({ events: 0, unchanged: 0 });
  });
});

describe('an import', () => {
  it('is continued where it was broken off', async () => {
    const into = await start('continued');
    await expect(importLog({ file, into, ...brokenOffAfter(1_000) })).rejects.toThrow('aborted');
    const { events, unchanged } = await importLog({ file, into });
    expect([events, unchanged]).toEqual([enough, 1_000]);
  });

  it('refuses a store that holds another ledger, or more of the same', async () => {
    await expect(importLog({ file, into: others })).rejects.toThrow('has other events from the 1. one on');
    const lines = text(file).split('\n');
    const short = join(folder, 'short.ndjson.gz');
    const two = join(folder, 'two');
    writeFileSync(short, gzipSync(`${lines.slice(0, 3).join('\n')}\n`));
    await expect(importLog({ file: short, into: await start('unused') })).rejects.toThrow('has no end');
    await exportLog({ from: await start('nothing'), file: two });
    await expect(importLog({ file: two, into: source })).rejects.toThrow('goes on where the file ends');
  });

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, -300), 'is no whole gzip file'],
    ['without its last lines', (whole: Buffer) => edited(whole, (lines) => lines.slice(0, -2)), 'has no end'],
    ['with a line changed', (whole: Buffer) => edited(whole, (lines) => lines.map(changed)), 'it is damaged'],
    ['of something else', () => gzipSync('id,name\n1,a\n'), 'is no log that'],
    ['that is no gzip file', () => Buffer.from('id,name'), 'is no whole gzip file'],
  ])('of a file %s moves nothing', async (what, spoil, words) => {
    const spoilt = join(folder, 'spoilt.ndjson.gz');
    writeFileSync(spoilt, spoil(readFileSync(file)));
    const into = await start(`spoilt ${what}`);
    await expect(importLog({ file: spoilt, into })).rejects.toThrow(words);
    for await (const line of into.lines()) expect(line).toBeUndefined();
  });
});

const edited = (whole: Buffer, edit: (lines: string[]) => string[]): Buffer =>
  gzipSync(`${edit(gunzipSync(whole).toString().trimEnd().split('\n')).join('\n')}\n`);
const changed = (line: string): string => line.replace('"n":1200,', '"n":1201,');

import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedEventStore, type EmbeddedEventStore } from '@app/embedded-eventstore';
import { EventLog, MovableLog } from '@app/event-store';
import { build, killAll, runNode, type Running } from './service.js';

const events = 60_000;
const kills = 6;

let folder: string;
let source: EmbeddedEventStore;
let target: EmbeddedEventStore;
const at = (name: string): string => join(folder, name);
const file = (): string => at('ledger.ndjson.gz');

beforeAll(async () => {
  await build();
  folder = await mkdtemp(join(tmpdir(), 'ledger-killed-move-'));
  source = await startEmbeddedEventStore({ dataDir: at('source') });
  target = await startEmbeddedEventStore({ dataDir: at('target') });
  await fill(source.connectionString);
}, 600_000);
afterAll(async () => {
  await killAll();
  await source.close();
  await target.close();
  await rm(folder, { recursive: true, force: true });
});

/** Short runs over many streams, as people work. */
async function fill(url: string): Promise<void> {
  const log = EventLog.connect(url);
  const streams = 50;
  const run = 10;
  const batches = events / streams / run;
  await Promise.all(
    Array.from({ length: streams }, async (_, stream) => {
      for (let batch = 0; batch < batches; batch++) {
        const of = Array.from({ length: run }, (__, index) => {
          const n = (stream * batches + batch) * run + index;
          const data = Buffer.from(JSON.stringify({ n, text: `${n}`.repeat(40) }));
          const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
          return { id, type: 'Counted', data, metadata: Buffer.from('{}'), bytes: data.length };
        });
        await log.append(`counts-boston/${stream}`, of, BigInt(batch * run) - 1n);
      }
    }),
  );
  await log.close();
}

const ledger = (...args: string[]): Running => runNode(['dist/bundle/cli.js', ...args, '-o', 'json'], {});

/** Kills the command once `grown` has come to its share of `whole`, or lets it end. @returns whether it was killed */
async function killedAt(
  share: number,
  whole: number,
  grown: () => Promise<number>,
  command: Running,
): Promise<boolean> {
  while (!command.isOver && (await grown()) < share * whole) await new Promise((resolve) => setTimeout(resolve, 5));
  const { signal } = await command.end('SIGKILL');
  return signal === 'SIGKILL';
}

async function told(command: Running): Promise<{ readonly events: number; readonly digest: string }> {
  const { code } = await command.ended;
  expect({ code, err: command.err }).toMatchObject({ code: 0 });
  const [{ events: moved, digest }] = JSON.parse(command.out) as [{ readonly events: number; readonly digest: string }];
  return { events: moved, digest };
}

async function eventsIn(log: MovableLog): Promise<number> {
  let count = 0;
  for await (const _line of log.lines()) count += 1;
  return count;
}

it(`kill -9, ${kills} times in an export and ${kills} times in an import, loses and doubles nothing`, async () => {
  const whole = ledger('export', source.connectionString, at('undisturbed.ndjson.gz'));
  const expected = await told(whole);
  expect(expected.events).toBe(events);
  const size = statSync(at('undisturbed.ndjson.gz')).size;

  const written = async (): Promise<number> =>
    existsSync(`${file()}.partial`) ? statSync(`${file()}.partial`).size : 0;
  const shares = Array.from({ length: kills }, (_, round) => (round + Math.random()) / (kills + 1));
  let killed = 0;
  for (const share of shares)
    killed += Number(await killedAt(share, size, written, ledger('export', source.connectionString, file())));
  expect(killed).toBe(kills);
  expect(await told(ledger('export', source.connectionString, file()))).toEqual(expected);

  killed = 0;
  const [log, original] = [target, source].map((store) => MovableLog.open(store.connectionString)) as [
    MovableLog,
    MovableLog,
  ];
  const stored = async (): Promise<number> => Number(await log.end());
  const end = Number(await original.end());
  for (const share of shares)
    killed += Number(await killedAt(share, end, stored, ledger('import-log', file(), target.connectionString)));
  expect(killed).toBe(kills);
  expect(await told(ledger('import-log', file(), target.connectionString))).toEqual(expected);
  expect(await eventsIn(log)).toBe(events);
  await Promise.all([log.close(), original.close()]);
}, 900_000);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figures, importCases, writeCases } from './boston.js';
import { build, eventually, killAll, startService, tokenOf, type Service } from './service.js';
import { SmallDisk, noSmallDisk } from './small-disk.js';

const onSmallDisk = noSmallDisk === undefined ? describe : describe.skip;
const title = noSmallDisk === undefined ? '' : ` (skipped: ${noSmallDisk})`;

let folder: string;
let disk: SmallDisk;
let dataDir: string;
let service: Service;
let token: string;
let cases: number;
let before: string;
const acknowledged: string[] = [];
let next = 0;

beforeAll(async () => {
  if (noSmallDisk !== undefined) return;
  await build();
  folder = await mkdtemp(join(tmpdir(), 'ledger-full-disk-'));
  disk = new SmallDisk(join(folder, 'disk'), 64);
  dataDir = join(disk.folder, 'data');
  const file = join(folder, 'cases.csv');
  cases = await writeCases(file, 400);
  service = await startService(dataDir, '--empty');
  await importCases({ url: service.url, dataDir, file });
  before = await settled();
  token = await tokenOf(service.url, dataDir, 'data-capturer', 'boston');
}, 300_000);

afterAll(async () => {
  await killAll();
  disk?.remove();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** The figures, once two questions in a row get the same. */
async function settled(): Promise<string> {
  let last = '';
  return eventually(
    () => figures(service.url),
    (now) => {
      const isSettled = now === last && now.length > 200;
      last = now;
      return isSettled;
    },
  );
}

const total = (csv: string): number =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .reduce((sum, line) => sum + Number(line.split(',')[3]), 0);

/** Sends one more reading; its id is kept when it is acknowledged. */
async function record(): Promise<Response> {
  const id = `disk-${(next += 1)}`;
  const reading = { id, kind: 'case', startedAt: '2011-08-01T08:00:00-04:00', dimensions: { ward: 'Ward 1' } };
  const response = await fetch(`${service.url}/v1/agencies/boston/indicators/on-time-closure/readings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body: JSON.stringify(reading),
  });
  if (response.status === 200) acknowledged.push(id);
  return response;
}

async function isRefusedForNow(): Promise<void> {
  // What is left of a block may still take a small event.
  const refused = await eventually(record, ({ status }) => status !== 200);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(await refused.json()).toMatchObject({ type: '/v1/problems/http/store-unavailable' });
}

async function readsGoOn(): Promise<void> {
  expect(total(await figures(service.url))).toBeGreaterThanOrEqual(total(before));
  const agency = await fetch(`${service.url}/v1/agencies/boston`);
  expect([agency.status, await agency.json()]).toEqual([200, expect.objectContaining({ id: 'boston' })]);
}

async function isAcceptedAgain(): Promise<void> {
  expect((await eventually(record, ({ status }) => status === 200)).status).toBe(200);
  const seen = await eventually(
    () => figures(service.url),
    (csv) => total(csv) === cases + acknowledged.length,
  );
  expect(total(seen)).toBe(cases + acknowledged.length);
}

onSmallDisk(`a full disk${title}`, () => {
  it('stops acceptance with 503 and Retry-After while reads go on, and acceptance comes back with the space', async () => {
    disk.fill();
    await isRefusedForNow();
    await readsGoOn();
    expect(service.isOver).toBe(false);
    disk.free();
    await isAcceptedAgain();
  }, 300_000);
});

onSmallDisk(`a read-only disk${title}`, () => {
  it('stops acceptance with 503 and Retry-After while reads go on, and acceptance comes back with the disk', async () => {
    disk.makeReadOnly();
    await isRefusedForNow();
    await readsGoOn();
    expect(service.isOver).toBe(false);
    disk.makeWritable();
    await isAcceptedAgain();
  }, 300_000);

  it('loses nothing that was acknowledged over a restart', async () => {
    expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
    service = await startService(dataDir);
    expect(total(await figures(service.url))).toBe(cases + acknowledged.length);
  }, 300_000);
});

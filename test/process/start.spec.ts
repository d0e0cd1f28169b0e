import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build, eventually, home, killAll, runNode, startService, type Service } from './service.js';

const shell = promisify(execFile);
const servingWithin = 3_000;

let folder: string;
let dataDir: string;

const decode = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object;
const cases = async (url: string): Promise<number> => {
  const { rows = [] } = (await (
    await fetch(`${url}/v1/performance?agency=boston&indicator=on-time-closure`)
  ).json()) as { rows?: { n: number }[] };
  return rows[0]?.n ?? 0;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-start-'));
  dataDir = join(folder, 'a folder');
  await build();
}, 120_000);

afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  let service: Service;

  it('fills a new folder with an example and says where it serves', async () => {
    service = await startService(dataDir);
    expect(service.out).toContain('500 cases of the City of Boston are in, 0 were rejected.');
    expect((await fetch(await service.says(/OpenAPI page +(\S+)/))).status).toBe(200);
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  }, 60_000);

  it('prints a question that answers with a real figure', async () => {
    const address = await service.says(/curl '(\S+)'/);
    const answer = await eventually(
      async () => (await (await fetch(address)).json()) as { rows: { key: object; n: number; percentMet: string }[] },
      ({ rows }) => rows.reduce((sum, { n }) => sum + n, 0) === 500,
    );
    expect(answer.rows.reduce((sum, { n }) => sum + n, 0)).toBe(500);
    expect(answer.rows[0]).toMatchObject({
      key: { period: '2011-07' },
      percentMet: expect.stringMatching(/^\d+\.\d+/),
    });
  });

  it('prints a command that makes a token which opens a door', async () => {
    const command = await service.says(/Get a token:\n +(.*)\n/);
    const { stdout } = await shell('sh', ['-c', command], { cwd: home });
    expect(decode(stdout.trim())).toMatchObject({ sub: 'local:data-capturer:boston' });
    const upload = await fetch(`${service.url}/v1/agencies/boston/indicators/on-time-closure/readings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stdout.trim()}`, 'content-type': 'application/x-ndjson' },
      body: '',
    });
    expect(upload.status).toBe(200);
  });

  it('refuses a second process on the same folder, and says what to do', async () => {
    const second = runNode(['tools/start.mjs'], { LEDGER_DATA_DIR: dataDir, LEDGER_PORT: '0' });
    const { code } = await second.ended;
    expect(code).toBeGreaterThan(0);
    expect(second.err).toMatch(/in use by another .*process \d+.*(stop it|another)/i);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
  }, 60_000);

  it('ends cleanly on Ctrl-C', async () => {
    expect(await service.end('SIGINT')).toEqual({ code: 0, signal: null });
  }, 20_000);

  it(`serves the same data again, unseeded, within ${servingWithin} ms on an idle machine`, async () => {
    service = await startService(dataDir);
    expect(service.out).not.toContain('example');
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    process.stdout.write(`second start: serving after ${Math.round(service.startedIn)} ms\n`);
    // Other suites run at the same time, so that only a multiple is certain.
    expect(service.startedIn).toBeLessThan(servingWithin * 5);
    expect(await cases(service.url)).toBe(500);
    expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
  }, 60_000);

  it('leaves a new folder empty with --empty, also at the next start', async () => {
    const empty = join(folder, 'empty');
    for (const args of [['--empty'], []]) {
      const started = await startService(empty, ...args);
      expect(await (await fetch(`${started.url}/v1/agencies`)).json()).toEqual({ rows: [] });
      await started.end('SIGTERM');
    }
  }, 60_000);

  it('tells every mistake of the configuration and does not start', async () => {
    const started = runNode(['tools/start.mjs'], { LEDGER_DATA_DIR: folder, LEDGER_PORT: 'x', LEDGER_PROT: '1' });
    expect((await started.ended).code).toBe(1);
    expect(started.err).toContain('LEDGER_PORT is a port number, 0 to 65535.');
    expect(started.err).toContain('LEDGER_PROT is not a variable of Civic Ledger.');
  }, 20_000);
});

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { viewsIn } from './views.js';
import { build, eventually, home, killAll, runNode, startService, type Service } from './service.js';

const shell = promisify(execFile);
/** Of an idle machine with two cores; threads share the work, so that processor time may be more. */
const servingWithinSeconds = 3;

/** Milliseconds; two cores may be shared with much else. */
const patience = 180_000;

let folder: string;
let dataDir: string;

const decode = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object;
const cases = async (url: string): Promise<number> => {
  const { rows = [] } = (await (
    await fetch(`${url}/v1/performance?agency=boston&indicator=on-time-closure`)
  ).json()) as { rows?: { n: number }[] };
  return rows[0]?.n ?? 0;
};

async function cpuSeconds(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^civic_process_cpu_seconds_total (\S+)/m.exec(metrics)![1]);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-start-'));
  dataDir = join(folder, 'a folder');
  await build();
}, patience);

afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

describe('npm start', () => {
  let service: Service;

  it(
    'fills a new folder with an example, broken off once, and says where it serves',
    async () => {
      const brokenOff = runNode(['tools/start.mjs'], { LEDGER_DATA_DIR: dataDir, LEDGER_PORT: '0' });
      await eventually(
        async () => brokenOff.err,
        (log) => log.includes('/objectives'),
        patience,
      );
      await brokenOff.end('SIGKILL');
      service = await startService(dataDir);
      expect(service.out).toContain('500 cases of the City of Boston are in, 0 were rejected.');
      expect((await fetch(await service.says(/OpenAPI page +(\S+)/))).status).toBe(200);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
    },
    patience,
  );

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

  it(
    'refuses a second process on the same folder, and says what to do',
    async () => {
      const second = runNode(['tools/start.mjs'], { LEDGER_DATA_DIR: dataDir, LEDGER_PORT: '0' });
      const { code } = await second.ended;
      expect(code).toBeGreaterThan(0);
      expect(second.err).toMatch(/in use by another .*process \d+.*(stop it|another)/i);
      expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    },
    patience,
  );

  it(
    'ends cleanly on Ctrl-C',
    async () => {
      expect(await service.end('SIGINT')).toEqual({ code: 0, signal: null });
    },
    patience,
  );

  it(
    'serves the same data again, unseeded, after little work',
    async () => {
      service = await startService(dataDir);
      expect(service.out).not.toContain('example');
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      const worked = await cpuSeconds(service.url);
      process.stdout.write(
        `second start: serving after ${Math.round(service.startedIn)} ms, ${worked.toFixed(1)} s of processor\n`,
      );
      // The clock on the wall also counts what other suites do meanwhile; the work is this process's own.
      expect(worked).toBeLessThan(2 * servingWithinSeconds);
      expect(await cases(service.url)).toBe(500);
      expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
    },
    patience,
  );

  it(
    'makes all read models anew, byte for byte, when they are lost',
    async () => {
      const before = await viewsIn(dataDir);
      expect(before['ledger-pages']!.documents).toBeGreaterThan(0);
      expect(before['audit-trail']!.documents).toBeGreaterThan(500);
      await rm(join(dataDir, 'mongo'), { recursive: true });
      service = await startService(dataDir);
      await eventually(
        () => cases(service.url),
        (n) => n === 500,
      );
      await service.end('SIGTERM');
      expect(await viewsIn(dataDir)).toEqual(before);
    },
    patience,
  );

  // Of the next start of such a folder the suites of interrupted imports tell: they compare every figure.
  it(
    'leaves a new folder empty with --empty',
    async () => {
      const started = await startService(join(folder, 'empty'), '--empty');
      expect(await (await fetch(`${started.url}/v1/agencies`)).json()).toEqual({ rows: [] });
      await started.end('SIGTERM');
    },
    patience,
  );

  it(
    'tells every mistake of the configuration and does not start',
    async () => {
      const started = runNode(['tools/start.mjs'], { LEDGER_DATA_DIR: folder, LEDGER_PORT: 'x', LEDGER_PROT: '1' });
      expect((await started.ended).code).toBe(1);
      expect(started.err).toContain('LEDGER_PORT is a port number, 0 to 65535.');
      expect(started.err).toContain('LEDGER_PROT is not a variable of Civic Ledger.');
    },
    patience,
  );
});

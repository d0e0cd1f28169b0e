import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, eventually, killAll, runNode, tokenOf, type Running } from './service.js';

const boston = { id: 'boston', name: 'City of Boston', timeZone: 'America/New_York' };
const patience = 180_000;

let folder: string;
let stores: Record<string, string>;
const apps: Record<string, { readonly process: Running; readonly url: string }> = {};

/** One of the stores as the command line runs it. @returns its connection string. */
async function startStore(name: string): Promise<string> {
  const args = ['dist/bundle/cli.js', name, '--data', join(folder, name), '--port', '0'];
  return runNode(args, {}).says(/^(\S+:\/\/\S+)\n/);
}

async function startApp(name: string): Promise<void> {
  const started = runNode([`dist/bundle/${name}.js`], {
    LEDGER_DATA_DIR: folder,
    LEDGER_PORT: '0',
    ...stores,
  });
  const url = await eventually(
    async () => /"address":"(http:[^"]+)"/.exec(started.err)?.[1],
    (address) => address !== undefined || started.isOver,
    patience,
  );
  if (url === undefined) throw new Error(started.err);
  apps[name] = { process: started, url };
}

const url = (app: string): string => apps[app]!.url;

beforeAll(async () => {
  await build();
  folder = await mkdtemp(join(tmpdir(), 'ledger-apart-'));
  const [EVENTSTORE_URL, MONGODB_URL] = await Promise.all([
    startStore('embedded-eventstore'),
    startStore('embedded-mongo'),
  ]);
  stores = { EVENTSTORE_URL, MONGODB_URL };
  for (const name of ['projector', 'command-api', 'query-api', 'automation']) await startApp(name);
}, patience);

afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

describe('the applications as processes of their own over stores of their own', () => {
  it('are all ready', async () => {
    for (const name of Object.keys(apps)) {
      const ready = await eventually(
        () => fetch(`${url(name)}/health/ready`),
        ({ status }) => status === 200,
      );
      expect([name, await ready.json()]).toEqual([name, expect.objectContaining({ status: 'ready' })]);
    }
  });

  it('take a command at one door and answer with it at another', async () => {
    const token = await tokenOf(url('command-api'), folder, 'administrator');
    const accepted = await fetch(`${url('command-api')}/v1/agencies`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(boston),
    });
    expect(accepted.status).toBe(201);
    const position = accepted.headers.get('ledger-position');
    const ask = (path: string) =>
      fetch(`${url('query-api')}${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`, {
        headers: { prefer: 'wait=30' },
      });
    const agencies = await ask('/v1/agencies');
    expect(await agencies.json()).toMatchObject({ rows: [boston] });
    const scorecard = await ask('/v1/scorecard?agency=boston');
    expect([scorecard.status, await scorecard.json()]).toEqual([200, expect.objectContaining({ rows: [] })]);
    const figures = await ask('/v1/performance?agency=boston&indicator=none');
    expect([figures.status, await figures.json()]).toMatchObject([404, { type: '/v1/problems/http/not-found' }]);
  }, 60_000);

  it('have only the doors that are theirs', async () => {
    const send = (app: string) => fetch(`${url(app)}/v1/agencies`, { method: 'POST', body: '{}' });
    expect((await send('query-api')).status).toBe(404);
    expect((await send('projector')).status).toBe(404);
    expect((await fetch(`${url('command-api')}/v1/performance?agency=boston&indicator=x`)).status).toBe(404);
    expect((await send('automation')).status).toBe(404);
    expect((await fetch(`${url('projector')}/metrics`)).status).toBe(200);
    expect((await fetch(`${url('automation')}/metrics`)).status).toBe(200);
  });

  it(
    'say which store they miss',
    async () => {
      const started = runNode(['dist/bundle/query-api.js'], { LEDGER_DATA_DIR: folder });
      expect((await started.ended).code).toBe(1);
      expect(started.err).toContain('EVENTSTORE_URL is needed here.\nMONGODB_URL is needed here.');
    },
    patience,
  );

  it('end cleanly on SIGTERM', async () => {
    for (const { process } of Object.values(apps))
      expect(await process.end('SIGTERM')).toEqual({ code: 0, signal: null });
  }, 60_000);
});

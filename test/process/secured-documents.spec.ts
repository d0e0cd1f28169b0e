import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { aCertificate } from '../tls/certificate.js';
import { build, killAll, runNode, tokenOf, type Running } from './service.js';

const boston = { id: 'boston', name: 'City of Boston', timeZone: 'America/New_York' };
const password = 'correct horse/battery:staple';
const patience = 180_000;

let folder: string;
let documents: Running;
let port: string;
const at = (name: string): string => join(folder, name);

const address = (user: string): string =>
  `mongodb://${user}@127.0.0.1:${port}/?directConnection=true&tls=true&tlsCAFile=${at('authority.pem')}`;
const secured = (): string => address(`ledger:${encodeURIComponent(password)}`);

const start = (dataDir: string, MONGODB_URL: string): Running =>
  runNode(['tools/start.mjs', '--empty'], { LEDGER_DATA_DIR: at(dataDir), LEDGER_PORT: '0', MONGODB_URL });

beforeAll(async () => {
  await build();
  folder = await mkdtemp(join(tmpdir(), 'ledger-secured-'));
  const { authority, certificate, key } = aCertificate();
  const files = { 'authority.pem': authority, 'certificate.pem': certificate, 'key.pem': key, password };
  for (const [name, content] of Object.entries(files)) await writeFile(at(name), content, { mode: 0o600 });
  const security = ['--password-file', at('password'), '--certificate', at('certificate.pem'), '--key', at('key.pem')];
  const where = ['--data', at('documents'), '--host', '0.0.0.0', '--port', '0'];
  documents = runNode(['dist/bundle/cli.js', 'embedded-mongo', ...where, ...security], {});
  port = await documents.says(/^mongodb:\/\/[^/]+:(\d+)\//);
}, patience);

afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

describe('npm start over a document store of another process, with a password and TLS', () => {
  it(
    'takes a command, and keeps its read models over there',
    async () => {
      const service = start('ledger', secured());
      const url = await service.says(/API +(http:\S+)\/v1/);
      const token = await tokenOf(url, at('ledger'), 'administrator');
      const accepted = await fetch(`${url}/v1/agencies`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(boston),
      });
      expect(accepted.status).toBe(201);
      const position = accepted.headers.get('ledger-position');
      const agencies = await fetch(`${url}/v1/agencies?minPosition=${position}`, { headers: { prefer: 'wait=30' } });
      expect(await agencies.json()).toMatchObject({ rows: [boston] });
      expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
      expect(existsSync(at('ledger/mongo'))).toBe(false);
      const client = await MongoClient.connect(secured());
      expect(await client.db('civic_ledger').collection('agencies').countDocuments()).toBe(1);
      await client.close();
    },
    patience,
  );

  it(
    'does not start with another password, and says why',
    async () => {
      const service = start('other', address('ledger:another%20one'));
      expect((await service.ended).code).toBe(1);
      expect(service.err).toContain('Authentication failed');
    },
    patience,
  );

  it('shows nothing to somebody who has not logged in', async () => {
    const client = await MongoClient.connect(secured().replace(/\/\/.*@/, '//'));
    const names = client.db('civic_ledger').listCollections().toArray();
    await expect(names).rejects.toMatchObject({ code: 13 });
    await client.close();
  });

  it('ends cleanly on SIGTERM', async () => {
    expect(await documents.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});

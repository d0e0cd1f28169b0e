import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { aCertificate } from '../tls/certificate.js';
import { build, killAll, runNode, startServiceOver, tokenOf } from './service.js';

const password = 'correct-horse';
const boston = { id: 'boston', name: 'City of Boston', timeZone: 'America/New_York' };
const patience = 180_000;

let folder: string;
let authority: string;
let port: number;

const urlWithLogin = (): string => `esdb://admin:${password}@localhost:${port}?tlsCAFile=${authority}`;
const inFolder = (name: string): string => join(folder, name);

beforeAll(async () => {
  await build();
  folder = await mkdtemp(join(tmpdir(), 'ledger-secured-'));
  authority = inFolder('authority.pem');
  const identity = aCertificate();
  await writeFile(authority, identity.authority);
  await writeFile(inFolder('certificate.pem'), identity.certificate);
  await writeFile(inFolder('key.pem'), identity.key, { mode: 0o600 });
  await writeFile(inFolder('password'), password, { mode: 0o600 });
  const files = { data: 'events', 'password-file': 'password', certificate: 'certificate.pem', key: 'key.pem' };
  const options = Object.entries(files).flatMap(([option, name]) => [`--${option}`, inFolder(name)]);
  const store = runNode(['dist/bundle/cli.js', 'embedded-eventstore', '--port', '0', ...options], {});
  port = Number(await store.says(/^esdb:\/\/[^:]+:(\d+)\?tls=true\n/));
}, patience);

afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

async function storedTypes(): Promise<string[]> {
  const client = EventStoreDBClient.connectionString(urlWithLogin());
  const types: string[] = [];
  for await (const { event } of client.readAll()) types.push(event?.type ?? '');
  await client.dispose();
  return types;
}

describe('the service over an event store of its own process, with a password and TLS', () => {
  it(
    'takes a command, shows what became of it, and leaves its events with the store',
    async () => {
      const stores = { EVENTSTORE_URL: urlWithLogin() };
      const service = await startServiceOver(stores, inFolder('service'), '--empty');
      const token = await tokenOf(service.url, inFolder('service'), 'administrator');
      const accepted = await fetch(`${service.url}/v1/agencies`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(boston),
      });
      expect(accepted.status).toBe(201);
      const position = accepted.headers.get('ledger-position');
      const shown = await fetch(`${service.url}/v1/agencies?minPosition=${position}`, {
        headers: { prefer: 'wait=30' },
      });
      expect(await shown.json()).toMatchObject({ rows: [boston] });
      expect(await service.end('SIGTERM')).toEqual({ code: 0, signal: null });
      expect(await storedTypes()).toContain('AgencyRegistered');
    },
    patience,
  );
});

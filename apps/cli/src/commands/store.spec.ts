import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { aCertificate } from '../../../../test/tls/certificate.js';
import { readEnvironment } from '../environment.js';
import { run } from '../program.js';

type Store = Awaited<ReturnType<typeof startEmbeddedEventStore>>;

describe('The commands for the folder of the event store', () => {
  let folder: string;
  let data: string;
  let store: Store | undefined;
  let variables: Record<string, string>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-store-'));
    data = join(folder, 'data');
    variables = { LEDGER_DATA_DIR: folder };
    store = await startEmbeddedEventStore({ dataDir: data });
  });
  afterEach(async () => {
    await store?.close();
    rmSync(folder, { recursive: true });
  });

  const ledger = async (...args: string[]): Promise<{ code: number; out: string; err: string }> => {
    let [out, err] = ['', ''];
    const code = await run(['store', ...args], {
      data: (text) => (out += text),
      words: (text) => (err += text),
      stderr: { isTTY: false } as NodeJS.WriteStream,
      environment: () => readEnvironment(variables),
      fetch: globalThis.fetch,
      profilesFolder: resolve('profiles'),
      signal: new AbortController().signal,
      colour: false,
    });
    return { code, out, err };
  };
  const rows = ({ out }: { out: string }): unknown => JSON.parse(out);

  it('given a running store, when it is verified, backed up and restored, then each tells what it found', async () => {
    const client = EventStoreDBClient.connectionString(store?.connectionString ?? '');
    await client.appendToStream('readings', jsonEvent({ type: 'ReadingRecorded', data: {} }));
    await client.dispose();
    const verified = await ledger('verify', data, '--output', 'jsonl');
    expect(rows(verified)).toMatchObject({ segments: 1, events: 2, damages: 0 });
    const backup = join(folder, 'backup');
    expect(rows(await ledger('backup', data, backup, '--output', 'jsonl'))).toMatchObject({ events: 2, files: 1 });
    const restored = await ledger('restore', backup, join(folder, 'restored'), '--output', 'jsonl');
    expect(rows(restored)).toMatchObject({ events: 2 });
    expect((await ledger('verify', join(folder, 'restored'))).code).toBe(0);
  });

  it('given a damaged folder, when it is verified, then the place is named and the command fails', async () => {
    await store?.close();
    store = undefined;
    const path = join(data, readdirSync(data).find((name) => name.endsWith('.log')) ?? '');
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] as number) ^ 1;
    writeFileSync(path, bytes);
    const { code, err } = await ledger('verify', data);
    expect([code, err]).toEqual([1, expect.stringContaining(`${path} is damaged at byte 64`)]);
  });

  it.each([
    ['verify', ['FOLDER/none'], 'There is no folder FOLDER/none.'],
    ['verify', ['FOLDER/data/server.lock'], 'There is no folder FOLDER/data/server.lock.'],
    ['verify', ['FOLDER'], 'FOLDER holds no event log.'],
    ['backup', ['FOLDER/none', 'FOLDER/backup'], 'There is no folder FOLDER/none.'],
    ['backup', ['FOLDER/data', 'FOLDER'], 'FOLDER is not empty'],
    ['restore', ['FOLDER/none', 'FOLDER/new'], 'There is no folder FOLDER/none.'],
    ['restore', ['FOLDER', 'FOLDER/new'], 'FOLDER is no backup'],
    ['restore', ['FOLDER', 'FOLDER/data'], 'FOLDER/data is not empty'],
    [
      'scavenge',
      ['here'],
      'here is no address of an event store. Say http://host:port, or a connection string of one host.',
    ],
    ['scavenge', ['http://127.0.0.1:1'], 'ECONNREFUSED'],
  ])('given what is not there, when %s %j is asked for, then it says %s', async (command, args, words) => {
    const here = (text: string): string => text.replaceAll('FOLDER', folder);
    const { code, err } = await ledger(command, ...args.map(here));
    expect([code, err]).toEqual([1, expect.stringContaining(here(words))]);
  });

  it('given its connection string, when a running store is scavenged, then the id is told and the segment is sealed', async () => {
    const { connectionString = '' } = store ?? {};
    const { out } = await ledger('scavenge', connectionString, '--output', 'jsonl');
    expect(JSON.parse(out)).toEqual({ scavenge: expect.stringMatching(/^[0-9a-f-]{36}$/) as string });
    await store?.close();
    store = undefined;
    expect(readdirSync(data).filter((name) => name.endsWith('.log'))).toHaveLength(2);
  });

  it('given a password and TLS, when the store in EVENTSTORE_URL is scavenged, then that needs the login of an operator', async () => {
    const { authority, ...identity } = aCertificate();
    const file = join(folder, 'authority.pem');
    writeFileSync(file, authority);
    const security = { password: 'correct-horse', ...identity };
    const secured = await startEmbeddedEventStore({ dataDir: join(folder, 'secured'), security });
    const scavenge = async (login: string): Promise<{ code: number; out: string; err: string }> => {
      variables['EVENTSTORE_URL'] = `esdb://${login}localhost:${secured.port}?tlsCAFile=${file}`;
      return ledger('scavenge', '-', '--output', 'jsonl');
    };
    expect(JSON.parse((await scavenge('ops:correct-horse@')).out)).toHaveProperty('scavenge');
    expect(await scavenge('')).toMatchObject({ code: 1, err: expect.stringContaining('Access Denied') as string });
    const refused = await scavenge('ops:another@');
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('password is wrong') as string });
    await secured.close();
  });

  it('given a server of another protocol, when it is asked to scavenge, then that is said', async () => {
    const other = createServer((socket) => socket.once('data', () => socket.end()));
    await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { code, err } = await ledger('scavenge', address);
    expect([code, err]).toEqual([1, expect.stringContaining(`There is no event store at ${address}.`)]);
    await new Promise((closed) => other.close(closed));
  });
});

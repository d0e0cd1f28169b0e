import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { readEnvironment } from '../environment.js';
import { exitCodes } from '../exit-codes.js';
import { run } from '../program.js';

const password = 'correct horse battery';

describe('the embedded stores on the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-embedded-'));
  const at = (name: string): string => join(folder, name);
  const ends: (() => Promise<unknown>)[] = [];
  beforeAll(() => {
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
    const files = ['-keyout', at('key.pem'), '-out', at('certificate.pem')];
    execFileSync('openssl', [...request, ...subject, ...files], { stdio: 'ignore' });
    writeFileSync(at('password'), `${password}\n`);
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function command(args: readonly string[], onData: (text: string) => void = () => {}) {
    const [out, err]: [string[], string[]] = [[], []];
    const abort = new AbortController();
    const code = run(args, {
      data: (text) => {
        out.push(text);
        onData(text);
      },
      words: (text) => err.push(text),
      stderr: { isTTY: false } as NodeJS.WriteStream,
      environment: () => readEnvironment({ LEDGER_DATA_DIR: folder }),
      fetch: globalThis.fetch,
      profilesFolder: folder,
      signal: abort.signal,
      colour: false,
    });
    const ended = code.then((exit) => ({ exit, out: out.join(''), err: err.join('') }));
    return { ended, abort: () => abort.abort() };
  }

  /** Answers the connection string that the command prints. */
  async function serve(data: string, ...flags: string[]): Promise<string> {
    let started!: (text: string) => void;
    const printed = new Promise<string>((resolve) => (started = resolve));
    const { ended, abort } = command(['embedded-mongo', '--data', at(data), '--port', '0', ...flags], started);
    ends.push(() => (abort(), ended));
    const refused = ended.then(({ err }) => Promise.reject(new Error(err)));
    return (await Promise.race([printed, refused])).trim();
  }
  async function connected(url: string, options = {}): Promise<MongoClient> {
    const client = await MongoClient.connect(url, { serverSelectionTimeoutMS: 2000, ...options });
    ends.push(() => client.close());
    return client;
  }

  it('given password and certificate, when a client connects, then the user ledger may log in over TLS and nobody else', async () => {
    const secured = ['--password-file', at('password'), '--certificate', at('certificate.pem'), '--key', at('key.pem')];
    const url = (await serve('secured', '--host', '0.0.0.0', ...secured)).replace('0.0.0.0', '127.0.0.1');
    const tls = { tls: true, tlsCAFile: at('certificate.pem') };
    const client = await connected(url, { ...tls, auth: { username: 'ledger', password } });
    await client.db('d').collection<{ _id: number }>('c').insertOne({ _id: 1 });
    expect(await client.db('d').collection('c').countDocuments()).toBe(1);
    await expect(connected(url, { ...tls, auth: { username: 'ledger', password: 'another one' } })).rejects.toThrow(
      /Authentication failed/,
    );
    await expect((await connected(url, tls)).db('d').collection('c').countDocuments()).rejects.toMatchObject({
      code: 13,
    });
  });

  it('given another host without a password, when it is started, then it refuses in one sentence', async () => {
    const { ended } = command(['embedded-mongo', '--data', at('open'), '--port', '0', '--host', '0.0.0.0']);
    expect(await ended).toEqual({
      exit: exitCodes.failed,
      out: '',
      err: expect.stringMatching(/^embedded-mongo does not start: .*only with a password and TLS.*\n$/),
    });
  });

  it('given a commit time-out that is no number, when the event store is started, then it is refused', async () => {
    const { ended } = command(['embedded-eventstore', '--data', at('events'), '--commit-timeout', 'soon']);
    const { exit, err } = await ended;
    expect({ exit, err }).toEqual({ exit: exitCodes.usage, err: expect.stringMatching(/A whole number is needed/) });
  });

  it('given a running server, when its folder is verified, backed up and restored, then the same documents are counted', async () => {
    const client = await connected(await serve('plain'));
    await client
      .db('d')
      .collection('c')
      .insertMany([{ a: 1 }, { a: 2 }]);
    const counted = { collections: 1, documents: 2 };
    const row = async (...args: string[]) => {
      const { exit, out, err } = await command(['store', ...args, '-o', 'json']).ended;
      expect({ exit, err }).toEqual({ exit: exitCodes.ok, err: '' });
      return JSON.parse(out)[0];
    };
    expect(await row('verify', at('plain'))).toMatchObject(counted);
    expect(await row('backup', at('plain'), at('backup'))).toMatchObject(counted);
    expect(await row('restore', at('backup'), at('restored'))).toMatchObject(counted);
    expect(existsSync(at('restored'))).toBe(true);
    const restored = await connected(await serve('restored'));
    expect(await restored.db('d').collection('c').countDocuments({ a: 2 })).toBe(1);
  });

  it('given a folder that holds a document store, when it is the target of a backup, then it is refused', async () => {
    await connected(await serve('source'));
    const { exit, err } = await command(['store', 'backup', at('source'), at('source')]).ended;
    expect({ exit, err }).toEqual({
      exit: exitCodes.failed,
      err: expect.stringMatching(/embedded database in .* already/),
    });
  });
});

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON, MongoClient } from 'mongodb';
import { MongoClient as OlderClient } from 'mongodb-6';
import { command } from '../spec-support/messages.js';
import { startEmbeddedMongo, type EmbeddedMongo, type EmbeddedMongoOptions } from './index.js';

const login = { user: 'ledger', password: 'correct horse battery' };
const auth = { username: login.user, password: login.password };

describe('An embedded document store with a password', () => {
  const folders: string[] = [];
  const servers: EmbeddedMongo[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'embedded-mongo-login-'));
    folders.push(made);
    return made;
  };
  const start = async (options: Partial<EmbeddedMongoOptions> = {}): Promise<EmbeddedMongo> => {
    const server = await startEmbeddedMongo({ dataDir: folder(), login, ...options });
    servers.push(server);
    return server;
  };
  let server: EmbeddedMongo;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(async () => {
    for (const each of servers) await each.close();
    for (const each of folders) rmSync(each, { recursive: true, force: true });
  });

  /** Sends commands on one socket of its own and returns the answers. */
  const talk = async (...commands: BSON.Document[]): Promise<BSON.Document[]> => {
    const socket = connect(server.port, '127.0.0.1');
    const answers: BSON.Document[] = [];
    for (const each of commands) {
      socket.write(command(each));
      const [answer] = (await once(socket, 'data')) as [Buffer];
      answers.push(BSON.deserialize(answer.subarray(21)));
    }
    socket.destroy();
    return answers;
  };

  test('the official driver logs in and writes', async () => {
    const client = await MongoClient.connect(server.connectionString, { auth });
    await client.db('test').collection('c').insertOne({ n: 1 });
    expect(await client.db('test').collection('c').countDocuments()).toBe(1);
    expect(await client.db('admin').command({ connectionStatus: 1 })).toMatchObject({
      authInfo: { authenticatedUsers: [{ user: 'ledger', db: 'admin' }] },
    });
    await client.close();
  });

  test('version 6 of the driver logs in too', async () => {
    const client = await OlderClient.connect(server.connectionString, { auth });
    expect(await client.db('test').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
  });

  test.each([
    ['another password', { ...auth, password: 'correct horse batterx' }],
    ['another user', { ...auth, username: 'somebody' }],
  ])('%s is refused with 18', async (_, wrong) => {
    await expect(MongoClient.connect(server.connectionString, { auth: wrong })).rejects.toMatchObject({ code: 18 });
  });

  test.each(['find', 'insert', 'listDatabases', 'serverStatus', 'nonsense'])(
    'before the login %s is refused with 13, and hello, ping and buildInfo are answered',
    async (name) => {
      const [refused, ...others] = await talk(
        { [name]: 'c', $db: 'admin' },
        { hello: 1, $db: 'admin' },
        { ping: 1, $db: 'admin' },
        { buildInfo: 1, $db: 'admin' },
      );
      expect(refused).toMatchObject({ ok: 0, code: 13, errmsg: `Command ${name} requires authentication` });
      expect(others).toEqual(others.map(() => expect.objectContaining({ ok: 1 }) as unknown));
    },
  );

  test('a user who does not exist is challenged as one who does, with the same salt each time', async () => {
    const first = (user: string): BSON.Document => ({
      saslStart: 1,
      mechanism: 'SCRAM-SHA-256',
      payload: new BSON.Binary(Buffer.from(`n,,n=${user},r=abc`)),
      $db: 'admin',
    });
    const answers = await talk(first('somebody'), first('somebody'), first('ledger'));
    const salts = answers.map(({ payload }) => /s=([^,]+),i=15000$/.exec(String(payload))?.[1]);
    expect(salts[0]).toBe(salts[1]);
    expect(salts[0]).toHaveLength(String(salts[2]).length);
    expect(salts[0]).not.toBe(salts[2]);
  });

  test('a proof cannot be used a second time, nor a conversation go on after it failed', async () => {
    const [, wrong, again] = await talk(
      {
        saslStart: 1,
        mechanism: 'SCRAM-SHA-256',
        payload: new BSON.Binary(Buffer.from('n,,n=ledger,r=abc')),
        $db: 'admin',
      },
      {
        saslContinue: 1,
        conversationId: 1,
        payload: new BSON.Binary(Buffer.from('c=biws,r=abc,p=AAAA')),
        $db: 'admin',
      },
      { saslContinue: 1, conversationId: 1, payload: new BSON.Binary(Buffer.alloc(0)), $db: 'admin' },
    );
    expect(wrong).toMatchObject({ ok: 0, code: 18 });
    expect(again).toMatchObject({ ok: 0, code: 18 });
  });

  test('a message of more than 16 KiB before the login ends the socket', async () => {
    const socket: Socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(command({ ping: 1, comment: 'x'.repeat(16 * 1024), $db: 'admin' }));
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    await once(socket, 'close');
    expect(received).toEqual([]);
  });

  test.each<[what: string, options: Partial<EmbeddedMongoOptions>]>([
    ['without a password', {}],
    ['without TLS', { login }],
  ])('it does not listen beyond this machine %s', async (_, options) => {
    const started = startEmbeddedMongo({ dataDir: folder(), host: '0.0.0.0', ...options });
    await expect(started).rejects.toThrow(/beyond this machine, only with a password and TLS/);
  });

  test('a password that is too short is refused at start', async () => {
    const started = startEmbeddedMongo({ dataDir: folder(), login: { user: 'ledger', password: 'short' } });
    await expect(started).rejects.toThrow(/at least 8 characters/);
  });

  test('with a certificate it speaks TLS, and nothing else', async () => {
    const [keyFile, certFile] = [join(folder(), 'key.pem'), join(folder(), 'cert.pem')];
    const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
    execFileSync('openssl', [...request, ...subject, '-keyout', keyFile, '-out', certFile], { stdio: 'ignore' });
    const [cert, key] = [readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8')];
    const secure = await start({ host: '0.0.0.0', tls: { cert, key } });
    const url = `mongodb://127.0.0.1:${secure.port}/?directConnection=true`;
    const client = await MongoClient.connect(url, { auth, tls: true, tlsCAFile: certFile });
    expect(await client.db('test').command({ ping: 1 })).toMatchObject({ ok: 1 });
    await client.close();
    const plain = connect(secure.port, '127.0.0.1');
    plain.on('error', () => {});
    plain.write(command({ ping: 1, $db: 'admin' }));
    plain.resume();
    await once(plain, 'close');
    const stranger = MongoClient.connect(url, { auth, tls: true, serverSelectionTimeoutMS: 1000 });
    await expect(stranger).rejects.toThrow(/self-signed certificate/);
  });
});

import { createServer, type Server } from 'node:http';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readEnvironment } from './environment.js';
import { exitCodes } from './exit-codes.js';
import { formatRows } from './output.js';
import { run } from './program.js';

describe('the command line', () => {
  let folder: string;
  let server: Server;
  let asked: { path: string; authorization: string | undefined; body: unknown }[];
  let status: number;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-cli-'));
    asked = [];
    status = 201;
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += chunk));
      request.on('end', () => {
        const { url = '', headers } = request;
        if (!url.endsWith('/readings')) {
          asked.push({ path: url, authorization: headers.authorization, body: JSON.parse(text) });
          response.writeHead(status, { 'content-type': 'application/json' }).end('{"token":"t-1","title":"No."}');
          return;
        }
        asked.push({ path: url, authorization: headers.authorization, body: text });
        const accepted = text.trimEnd().split('\n').length;
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
        response.end(`${JSON.stringify({ accepted, unchanged: 0, rejected: 0 })}\n`);
      });
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    rmSync(folder, { recursive: true });
  });

  const ledger = async (args: string[], variables: Record<string, string> = {}) => {
    let [out, err] = ['', ''];
    const code = await run(args, {
      data: (text) => (out += text),
      words: (text) => (err += text),
      stderr: { isTTY: false } as NodeJS.WriteStream,
      environment: () =>
        readEnvironment({
          LEDGER_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
          LEDGER_DATA_DIR: folder,
          ...variables,
        }),
      fetch: globalThis.fetch,
      profilesFolder: resolve('profiles'),
      signal: new AbortController().signal,
      colour: false,
    });
    return { code, out, err };
  };
  const withOperatorKey = (): void => {
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'keys', 'operator.key'), 'secret\n');
  };

  it('prints only the token on stdout', async () => {
    withOperatorKey();
    const { code, out, err } = await ledger(['token', '--role', 'oversight', '--lifetime', '60']);
    expect({ code, out, err }).toEqual({ code: exitCodes.ok, out: 't-1\n', err: '' });
    expect(asked).toEqual([
      { path: '/v1/tokens', authorization: 'Bearer secret', body: { role: 'oversight', lifetime: 60 } },
    ]);
  });
  it.each([
    ['an unknown command', ['fly'], {}, exitCodes.usage, /unknown command/],
    ['a missing role', ['token'], {}, exitCodes.usage, /--role/],
    ['no operator key', ['token', '--role', 'oversight'], {}, exitCodes.signIn, /no operator key/],
    ['a bad address', ['token', '--role', 'a'], { LEDGER_URL: 'ftp://x' }, exitCodes.usage, /LEDGER_URL/],
    ['an unknown profile', ['import', 'atlantis', 'x.csv'], {}, exitCodes.usage, /Shipped profiles/],
    ['a missing file', ['import', 'boston-311', 'x.csv'], {}, exitCodes.usage, /x\.csv cannot be read/],
    [
      'an empty token file',
      ['import', 'boston-311', 'x.csv'],
      { LEDGER_TOKEN_FILE: '/nowhere' },
      exitCodes.signIn,
      /holds no token/,
    ],
  ])('answers %s with its exit code, in words on stderr', async (_what, args, variables, code, words) => {
    expect(await ledger(args, variables)).toEqual({ code, out: '', err: expect.stringMatching(words) });
  });
  it('says when the service refuses the secret and when it is not there', async () => {
    withOperatorKey();
    status = 401;
    expect(await ledger(['token', '--role', 'analyst'])).toMatchObject({ code: exitCodes.signIn });
    const nobody = await ledger(['token', '--role', 'analyst'], { LEDGER_URL: 'http://127.0.0.1:1' });
    expect(nobody).toMatchObject({
      code: exitCodes.unreachable,
      err: expect.stringMatching(/Start it with: npm start/),
    });
  });
  it('imports the shipped example with tokens that it obtains itself', async () => {
    withOperatorKey();
    const report = join(folder, 'report.ndjson');
    const args = ['import', 'boston-311', resolve('examples/boston-311/excerpt.csv'), '--report', report, '-o', 'json'];
    const { code, out } = await ledger(args);
    expect({ code, counts: JSON.parse(out) }).toEqual({
      code: exitCodes.ok,
      counts: [{ accepted: 500, unchanged: 0, rejected: 0 }],
    });
    expect(asked.filter(({ path }) => path === '/v1/tokens').map(({ body }) => body)).toEqual([
      { role: 'administrator' },
      { role: 'data-capturer', agency: 'boston' },
    ]);
    expect(readFileSync(report, 'utf8')).toBe('');
  });
  it('answers 3 when some rows were rejected', async () => {
    const [header, first] = readFileSync(resolve('examples/boston-311/excerpt.csv'), 'utf8').split('\n');
    const file = join(folder, 'two.csv');
    writeFileSync(file, `${header}\n${first}\n${first!.replace('2011-07-01', '2011-07-99')}\n`);
    const { code, err } = await ledger(['import', 'boston-311', file, '--report', join(folder, 'r.csv')], {
      LEDGER_TOKEN: 't',
    });
    expect({ code, err }).toEqual({ code: exitCodes.partial, err: expect.stringContaining('1 rows were rejected') });
  });
});

describe('rows', () => {
  const rows = [
    { id: 'a', text: 'two\nlines' },
    { id: 'b', text: '=1+1' },
  ];
  it.each([
    ['table', 'id  text\na   two lines\nb   =1+1\n'],
    ['jsonl', '{"id":"a","text":"two\\nlines"}\n{"id":"b","text":"=1+1"}\n'],
    ['csv', 'id,text\na,"two\nlines"\nb,\'=1+1\n'],
  ] as const)('are printed as %s', (format, text) => expect(formatRows(rows, ['id', 'text'], format)).toBe(text));
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { exitCodes } from '../exit-codes.js';
import { importFile, type ImportOptions } from './import-file.js';
import { parseProfile, type Profile } from './profile.js';

const card = {
  name: 'example',
  title: 'Example',
  source: 'a specification',
  licence: 'none',
  agency: 'boston',
  indicator: 'on-time',
  kind: 'case',
  columns: { id: 'id', start: 'open', stop: 'closed', deadline: 'due' },
  dimensions: { ward: 'ward' },
  timeZone: 'America/New_York',
  timeFormat: 'yyyy-MM-dd HH:mm:ss',
  blank: ['', ' '],
};
const profile: Profile = parseProfile(card, 'card');
const header = 'id,open,closed,due,ward';
const row = (id: number | string, ward = 'Ward 1'): string => `${id},2011-07-01 01:32:33,2011-07-01 05:06:58,,${ward}`;

/** A service that takes every reading in once, and whatever a test tells it to do besides. */
class FakeService {
  readonly known = new Map<string, string>();
  readonly requests: { path: string; body: string; headers: IncomingMessage['headers'] }[] = [];
  trouble: ((request: number, response: ServerResponse) => boolean) | undefined;
  refuse: (id: string) => boolean = () => false;
  #server: Server;
  url = '';

  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.requests.push({ path: request.url!, body, headers: request.headers });
    if (this.trouble?.(this.requests.length, response)) return;
    if (!request.url!.endsWith('/readings')) {
      response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
      return;
    }
    const counts = { accepted: 0, unchanged: 0, rejected: 0 };
    const out: object[] = [];
    body
      .trimEnd()
      .split('\n')
      .forEach((line, index) => {
        const { id } = JSON.parse(line) as { id: string };
        if (this.refuse(id)) {
          counts.rejected++;
          out.push({
            line: index + 1,
            rule: 'reading-ledger/a-rule',
            pointer: '/stoppedAt',
            detail: 'It does not fit.',
          });
        } else if (this.known.get(id) === line) counts.unchanged++;
        else {
          counts.accepted++;
          this.known.set(id, line);
        }
      });
    const status = counts.rejected === 0 ? 200 : counts.accepted + counts.unchanged > 0 ? 207 : 422;
    const text = [...out, counts].map((entry) => `${JSON.stringify(entry)}\n`).join('');
    response.writeHead(status, { 'content-type': 'application/x-ndjson; charset=utf-8' }).end(text);
  }
}

describe('import a file', () => {
  const service = new FakeService();
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    service.known.clear();
    service.requests.length = 0;
    service.trouble = undefined;
    service.refuse = () => false;
    await service.start();
  });
  afterEach(async () => {
    await service.stop();
    rmSync(folder, { recursive: true });
  });

  const given = (name: string, content: string | Buffer): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const importing = (file: string, more: Partial<ImportOptions> = {}) =>
    importFile({
      url: service.url,
      token: 'a-token',
      profile,
      file,
      reportFile: join(folder, 'report.ndjson'),
      patience: 3000,
      ...more,
    });
  const report = (): unknown[] =>
    readFileSync(join(folder, 'report.ndjson'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown);

  it('sends each row as one reading, as the profile says', async () => {
    const file = given('cases.csv', `${header}\n${row(7)}\n8,2011-12-01 00:00:00,,2011-12-02 00:00:00, \n`);
    expect(await importing(file)).toEqual({ accepted: 2, unchanged: 0, rejected: 0 });
    const [request] = service.requests;
    expect(request!.path).toBe('/v1/agencies/boston/indicators/on-time/readings');
    expect(request!.headers).toMatchObject({ authorization: 'Bearer a-token', 'content-type': 'application/x-ndjson' });
    expect(
      request!.body
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      {
        id: '7',
        kind: 'case',
        startedAt: '2011-07-01T01:32:33-04:00',
        stoppedAt: '2011-07-01T05:06:58-04:00',
        dimensions: { ward: 'Ward 1' },
      },
      {
        id: '8',
        kind: 'case',
        startedAt: '2011-12-01T00:00:00-05:00',
        dueAt: '2011-12-02T00:00:00-05:00',
        dimensions: { ward: '' },
      },
    ]);
  });

  it('finds columns by name, wherever they stand, and reads gzip', async () => {
    const moved = 'ward,unused,due,closed,open,id\nWard 1,x,,2011-07-01 05:06:58,2011-07-01 01:32:33,7\n';
    await importing(given('cases.csv', `${header}\n${row(7)}\n`));
    expect(await importing(given('moved.csv.gz', gzipSync(moved)))).toEqual({ accepted: 0, unchanged: 1, rejected: 0 });
  });

  it('sent twice, nothing is accepted again', async () => {
    const file = given('cases.csv', [header, ...Array.from({ length: 25 }, (_, id) => row(id))].join('\n'));
    expect(await importing(file, { batchLines: 10 })).toEqual({ accepted: 25, unchanged: 0, rejected: 0 });
    expect(await importing(file, { batchLines: 10 })).toEqual({ accepted: 0, unchanged: 25, rejected: 0 });
    expect(service.requests).toHaveLength(6);
  });

  it('counts the rows that the profile leaves out', async () => {
    const wards = parseProfile({ ...card, only: { ward: ['Ward 1'] } }, 'card');
    const file = given('cases.csv', [header, row(1), row(2, 'Ward 2'), row(3)].join('\n'));
    expect(await importing(file, { profile: wards })).toEqual({ accepted: 2, unchanged: 0, rejected: 0, leftOut: 1 });
  });

  it('reports line, reading, field, rule and reason of every rejection, its own and those of the service', async () => {
    service.refuse = (id) => id === '12';
    const rows = [row(11), '9,2011-02-30 00:00:00,,,', row(12), 'short,row', row(13)];
    const counts = await importing(given('cases.csv', [header, ...rows].join('\n')), { batchLines: 2 });
    expect(counts).toEqual({ accepted: 2, unchanged: 0, rejected: 3 });
    expect(report().sort((a, b) => (a as { line: number }).line - (b as { line: number }).line)).toEqual([
      { line: 3, id: '9', field: 'open', rule: 'import/a-time-follows-the-time-format', reason: expect.any(String) },
      { line: 4, id: '12', field: '/stoppedAt', rule: 'reading-ledger/a-rule', reason: 'It does not fit.' },
      {
        line: 5,
        id: 'short',
        field: '',
        rule: 'import/a-row-has-as-many-fields-as-the-header',
        reason: expect.any(String),
      },
    ]);
  });

  it('reports as CSV when the report file is named so, with formulas made harmless', async () => {
    const reportFile = join(folder, 'report.csv');
    await importing(given('cases.csv', `${header}\n=1+1,never,,,\n`), { reportFile });
    expect(readFileSync(reportFile, 'utf8').split('\n').slice(0, 2)).toEqual([
      'line,id,field,rule,reason',
      expect.stringMatching(/^2,'=1\+1,open,import\/a-time-follows-the-time-format,/),
    ]);
  });

  it('names every column that is missing and the one it may have become', async () => {
    const file = given('cases.csv', 'id,opened,closed,due\n');
    await expect(importing(file)).rejects.toMatchObject({
      exitCode: exitCodes.usage,
      message: expect.stringMatching(
        /'open' \(profile \/columns\/start\).*Did you mean 'opened'\?[^]*'ward' \(profile \/dimensions\/ward\)/,
      ),
    });
    expect(service.requests).toHaveLength(0);
  });

  it.each([
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from(`${header}\n${row(1)}\n2,`), Buffer.from([0xff, 0xfe]), Buffer.from('\n')]),
      /line 3 .*utf-8/,
    ],
    ['a line without end', `${header}\n${row(1)}\n${'x'.repeat(3_000_000)}`, /line 3 is longer than 1024 KiB/],
    ['a quotation mark that is never closed', `${header}\n${row(1)}\n2,"open\n${row(3)}\n`, /line 3 .*never closed/],
    ['an empty file', '', /has no header/],
  ])('stops at %s and says the line', async (_what, content, message) => {
    await expect(importing(given('cases.csv', content))).rejects.toThrow(message);
  });

  it('stops at a truncated gzip; what was acknowledged stays and is counted', async () => {
    const rows = Array.from({ length: 20_000 }, (_, id) => row(`${id}-${Math.imul(id, 2654435761)}`));
    const whole = gzipSync([header, ...rows].join('\n'));
    const file = given('cases.csv.gz', whole.subarray(0, whole.length - 2000));
    const stopped = await importing(file, { batchLines: 500 }).catch((error: unknown) => error);
    expect(stopped).toMatchObject({
      message: expect.stringMatching(/the gzip file ends early.*after line \d+[^]*stay/),
      counts: { accepted: service.known.size, unchanged: 0, rejected: 0 },
    });
    expect(service.known.size).toBeGreaterThan(10_000);
  });

  it('tries again when the service is busy, ends a connection, or breaks off its answer', async () => {
    service.trouble = (request, response) => {
      if (request === 1) response.writeHead(503, { 'retry-after': '0' }).end();
      else if (request === 2) response.destroy();
      else if (request === 3) response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end('{"line":1,"ru');
      else return false;
      return true;
    };
    expect(await importing(given('cases.csv', `${header}\n${row(1)}\n`))).toEqual({
      accepted: 1,
      unchanged: 0,
      rejected: 0,
    });
    expect(service.requests).toHaveLength(4);
  });

  it('gives up on a service that stays away, with the counts of what was answered', async () => {
    service.trouble = (request, response) => request > 2 && (response.destroy(), true);
    const file = given('cases.csv', [header, ...Array.from({ length: 100 }, (_, id) => row(id))].join('\n'));
    await expect(importing(file, { batchLines: 10, patience: 300 })).rejects.toMatchObject({
      exitCode: exitCodes.unreachable,
      counts: { accepted: 20 },
    });
  });

  it('does not try again when it is told to sign in', async () => {
    service.trouble = (_request, response) => (response.writeHead(401).end('{"title":"Who are you?"}'), true);
    await expect(importing(given('cases.csv', `${header}\n${row(1)}\n`))).rejects.toMatchObject({
      exitCode: exitCodes.signIn,
      message: expect.stringContaining('Who are you?'),
    });
    expect(service.requests).toHaveLength(1);
  });

  it('asks for a new token when one has expired', async () => {
    const asked: string[] = [];
    service.trouble = (request, response) => request === 1 && (response.writeHead(401).end(), true);
    const token = async (role: string, agency?: string): Promise<string> => `${role}-${agency}-${asked.push(role)}`;
    await importing(given('cases.csv', `${header}\n${row(1)}\n`), { token });
    expect(service.requests.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer data-capturer-boston-1',
      'Bearer data-capturer-boston-2',
    ]);
  });

  it('registers the agency, its districts and the cards of the profile first, and keeps what stands', async () => {
    const withSetup = parseProfile(
      {
        ...card,
        setup: {
          agency: { name: 'City', timeZone: 'America/New_York' },
          districts: [{ id: 'allston', name: 'Allston' }],
          indicators: [{ id: 'on-time' }],
        },
      },
      'card',
    );
    service.trouble = (request, response) => request === 3 && (response.writeHead(409).end('{"title":"Once."}'), true);
    const notices: string[] = [];
    await importing(given('cases.csv', `${header}\n${row(1)}\n`), {
      profile: withSetup,
      notice: (text) => notices.push(text),
    });
    expect(service.requests.map(({ path, body }) => [path, path.endsWith('readings') ? '' : JSON.parse(body)])).toEqual(
      [
        ['/v1/agencies', { id: 'boston', name: 'City', timeZone: 'America/New_York' }],
        ['/v1/agencies/boston/districts', { districts: [{ id: 'allston', name: 'Allston' }] }],
        ['/v1/agencies/boston/indicators', { id: 'on-time' }],
        ['/v1/agencies/boston/indicators/on-time/readings', ''],
      ],
    );
    expect(notices).toEqual(['Indicator on-time stands already with other content, which is kept.']);
  });

  it('stops when it is interrupted', async () => {
    const interruption = new AbortController();
    service.trouble = (request) => request === 3 && (interruption.abort(), false);
    const file = given('cases.csv', [header, ...Array.from({ length: 5000 }, (_, id) => row(id))].join('\n'));
    await expect(importing(file, { batchLines: 100, signal: interruption.signal })).rejects.toMatchObject({
      exitCode: exitCodes.interrupted,
    });
    expect(service.known.size).toBeLessThan(5000);
  });

  it('shows progress by the bytes of the file', async () => {
    const seen: number[] = [];
    const file = given('cases.csv', [header, ...Array.from({ length: 5000 }, (_, id) => row(id))].join('\n'));
    await importing(file, { progress: ({ bytesRead, bytesTotal }) => seen.push(bytesRead / bytesTotal) });
    expect(seen.at(-1)).toBe(1);
    expect(seen.every((share, index) => index === 0 || share >= seen[index - 1]!)).toBe(true);
  });
});

import { once } from 'node:events';
import { request as rawRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { SignJWT, UnsecuredJWT, generateKeyPair, type JWTPayload } from 'jose';
import type { Response, Test } from 'supertest';
import { RunningLedger } from './running-ledger.js';

let ledger: RunningLedger;
const agency = '/v1/agencies/boston';
const indicators = `${agency}/indicators`;
const readings = `${indicators}/on-time/readings`;

const card = {
  id: 'on-time',
  title: 'Cases on time',
  definition: 'Share of cases closed by their target.',
  kind: 'case',
  unit: 'percent',
  direction: 'higher-is-better',
  denominatorPolicy: 'completed-and-overdue',
  periodAttribution: 'opening',
  reportingCycle: 'month',
  timeZone: 'America/New_York',
  durationClock: 'wall-clock',
  decimals: 4,
  minSample: 0,
  smallSampleRule: 'not-determinable',
  disaggregations: ['ward'],
  dataSource: 'Boston 311',
  responsibleRole: 'service-owner',
};
const boston = { id: 'boston', name: 'City of Boston', timeZone: 'America/New_York' };
const salem = { id: 'salem', name: 'Salem', timeZone: 'America/New_York' };
const reading = (id: string, more: object = {}) => ({
  id,
  kind: 'case',
  startedAt: '2011-07-05T08:00:00-04:00',
  dueAt: '2011-07-08T08:00:00-04:00',
  dimensions: { ward: '1' },
  ...more,
});

const coverage = {
  id: 'coverage',
  kind: 'ratio',
  disaggregations: ['district'],
  districtDimension: 'district',
};
const share = (more: object) => ({
  id: 'share-1',
  kind: 'ratio',
  period: '2011-07',
  numerator: '3',
  denominator: '4',
  dimensions: { district: 'Allston' },
  ...more,
});

interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly pointers?: readonly string[];
}

const post = (path: string, name: string, body: unknown, headers: Record<string, string> = {}): Test =>
  ledger
    .http()
    .post(path)
    .set({ ...ledger.bearer(name), 'content-type': 'application/json', ...headers })
    .serialize(
      (given: unknown) =>
        (typeof given === 'string' || Buffer.isBuffer(given) ? given : JSON.stringify(given)) as string,
    )
    .send(body as object);

const upload = (body: string | Buffer, headers: Record<string, string> = {}, door = readings): Test =>
  post(door, 'capturer', body, { 'content-type': 'application/x-ndjson', ...headers })
    .buffer(true)
    .parse((response, done) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done(null, text));
    });

const ndjson = (...lines: unknown[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

const problemIn = (response: Response) =>
  (typeof response.body === 'string' ? JSON.parse(response.body) : response.body) as {
    type: string;
    title: string;
    status: number;
    traceId: string;
    errors: { pointer: string; rule: string; detail: string }[];
  };

/** A problem document with this status, whose type answers with the rule, and not one event more than before. */
async function isRefused(send: () => PromiseLike<Response>, { status, type, pointers }: Refusal): Promise<void> {
  const before = await ledger.recorded();
  const response = await send();
  const problem = problemIn(response);
  expect([response.status, problem.type, problem.status]).toEqual([status, `/v1/problems/${type}`, status]);
  expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(problem.traceId).toBe(response.headers['trace-id']);
  if (pointers !== undefined) expect(problem.errors.map(({ pointer }) => pointer)).toEqual(pointers);
  const rule = await ledger.http().get(problem.type).expect(200);
  expect(rule.body).toMatchObject({ title: problem.title, status });
  expect(await ledger.recorded()).toEqual(before);
}

/** Lines of an upload of which none is taken in: each tells its rule and its field. */
async function areRejected(
  body: string | Buffer,
  expected: readonly [line: number, rule: string, pointer: string][],
  door = readings,
) {
  const before = await ledger.recorded();
  const response = await upload(body, {}, door);
  const entries = String(response.body)
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as { line: number; rule: string; pointer: string; rejected?: number });
  expect(entries.slice(0, -1).map(({ line, rule, pointer }) => [line, rule, pointer])).toEqual(expected);
  expect(response.status).toBe(422);
  for (const [, rule] of expected) await ledger.http().get(`/v1/problems/${rule}`).expect(200);
  expect(await ledger.recorded()).toEqual(before);
}

beforeAll(async () => {
  ledger = await RunningLedger.start();
  await ledger.signIn('administrator', 'administrator');
  await ledger.signIn('owner', 'service-owner', 'boston');
  await ledger.signIn('capturer', 'data-capturer', 'boston');
  await post('/v1/agencies', 'administrator', boston).expect(201);
  await post(indicators, 'owner', card).expect(201);
  await upload(ndjson(reading('case-1'))).expect(200);
  await post(`${agency}/districts`, 'administrator', { districts: [{ id: 'allston', name: 'Allston' }] }).expect(201);
  await post(indicators, 'owner', { ...card, ...coverage }).expect(201);
});
afterAll(() => ledger.close());

describe('a field', () => {
  it.each<[string, object, string[]]>([
    ['that is unknown', { ...salem, colour: 'red' }, ['/colour']],
    ['of a wrong type', { ...salem, name: 7 }, ['/name']],
    ['that is null', { ...salem, name: null }, ['/name']],
    ['that is an operator', { ...salem, id: { $ne: '' } }, ['/id']],
    ['named toString', { ...salem, toString: 'x' }, ['/toString']],
    ['named hasOwnProperty', { ...salem, hasOwnProperty: 1 }, ['/hasOwnProperty']],
    ['that is missing', { id: 'salem', name: 'Salem' }, ['/timeZone']],
  ])('%s is refused by its name', (_name, body, pointers) =>
    isRefused(() => post('/v1/agencies', 'administrator', body), {
      status: 400,
      type: 'http/invalid-fields',
      pointers,
    }),
  );

  it.each(['__proto__', 'constructor', 'prototype'])('named %s is refused, however it is spelt', async (name) => {
    const escaped = name.replace(/^./, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
    for (const spelling of [name, escaped]) {
      const body = `{"id":"salem","name":"Salem","timeZone":"America/New_York","x":{"${spelling}":{"admin":true}}}`;
      await isRefused(() => post('/v1/agencies', 'administrator', body), { status: 400, type: 'http/forbidden-name' });
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

describe('a document', () => {
  it.each<[string, string | Buffer, Refusal]>([
    ['half as long', '{"id":"salem","name":', { status: 400, type: 'http/malformed-json' }],
    ['that is a list', '[]', { status: 400, type: 'http/invalid-fields', pointers: [''] }],
    ['with a name twice', '{"id":"salem","id":"lynn"}', { status: 400, type: 'http/malformed-json' }],
    ['of 100,000 open brackets', '['.repeat(100_000), { status: 400, type: 'http/too-deep' }],
    ['of 33 levels', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, { status: 400, type: 'http/too-deep' }],
    [
      'in Latin-1',
      Buffer.from('{"id":"salem","name":"Salém"}', 'latin1'),
      { status: 400, type: 'http/malformed-json' },
    ],
    ['over a MiB', `{"name":"${'x'.repeat(1_100_000)}"}`, { status: 413, type: 'http/body-too-large' }],
    ['that is empty', '', { status: 400, type: 'http/invalid-fields' }],
  ])('%s is refused', (_name, body, refusal) => isRefused(() => post('/v1/agencies', 'administrator', body), refusal));

  it('of another media type is refused', () =>
    isRefused(() => post('/v1/agencies', 'administrator', 'id=salem', { 'content-type': 'text/plain' }), {
      status: 415,
      type: 'http/unsupported-media-type',
    }));

  it('that stops half way leaves nothing behind', async () => {
    const before = await ledger.recorded();
    const body = JSON.stringify(salem);
    const answer = await cutShort(
      [
        'POST /v1/agencies HTTP/1.1',
        'Host: 127.0.0.1',
        `Authorization: ${ledger.bearer('administrator').authorization}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length + 10}`,
      ],
      body,
    );
    expect(answer).toMatch(/^(HTTP\/1\.1 400 [^]*\r\nContent-Type: application\/problem\+json[^]*"status":400|$)/i);
    expect(await ledger.recorded()).toEqual(before);
    expect((await ledger.http().get('/v1/agencies/salem')).status).toBe(404);
  });
});

/** Sends a part of a request, ends the connection, and gives what came back. */
async function cutShort(head: readonly string[], body: string): Promise<string> {
  const socket = connect({ port: Number(new URL(ledger.url).port), host: '127.0.0.1', allowHalfOpen: true });
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.on('error', () => undefined);
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.end();
  await once(socket, 'close');
  return answer;
}

describe('what is no HTTP', () => {
  it.each<[string, string, number]>([
    ['nonsense', 'HELLO\r\n\r\n', 400],
    ['a header of 100 KiB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
  ])('%s is answered with a problem, and the connection ends', async (_name, text, status) => {
    const answer = await cutShort([text.slice(0, -4)], '');
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/Content-Type: application\/problem\+json/i);
    const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)) as { type: string; status: number };
    expect(problem.status).toBe(status);
    await ledger.http().get(problem.type).expect(200);
  });
});

describe('a reading', () => {
  it.each<[string, object, string, string]>([
    ['with an unknown field', reading('x', { colour: 'red' }), 'reading-ledger/a-line-is-a-reading', ''],
    ['of a wrong type', reading('x', { dimensions: 'ward' }), 'reading-ledger/a-line-is-a-reading', '/dimensions'],
    ['with a number as its id', reading('x', { id: 7 }), 'reading-ledger/a-line-is-a-reading', '/id'],
    [
      'whose time has no zone',
      reading('x', { startedAt: '2011-07-05T08:00:00' }),
      'reading-ledger/a-line-is-a-reading',
      '/startedAt',
    ],
    [
      'on a day that no calendar has',
      reading('x', { startedAt: '2011-02-30T08:00:00-05:00' }),
      'reading-ledger/a-line-is-a-reading',
      '/startedAt',
    ],
    [
      'that stops before it starts',
      reading('x', { stoppedAt: '2011-07-04T08:00:00-04:00' }),
      'reading-ledger/a-case-stops-after-it-starts',
      '/stoppedAt',
    ],
    [
      'with a dimension that is not declared',
      reading('x', { dimensions: { colour: 'red' } }),
      'reading-ledger/a-reading-names-declared-dimensions',
      '/dimensions/colour',
    ],
    [
      'whose id stands with other content',
      reading('case-1', { startedAt: '2011-07-06T08:00:00-04:00' }),
      'reading-ledger/a-reading-that-stands-is-not-recorded-again',
      '',
    ],
    ['named __proto__', JSON.parse('{"__proto__":{"id":"x"},"id":"x"}') as object, 'http/forbidden-name', ''],
  ])('%s is rejected with its line, its rule and its field', (_name, line, rule, pointer) =>
    areRejected(ndjson(line), [[1, rule, pointer]]),
  );

  it.each<[string, object, string, string]>([
    [
      'whose numerator is above its denominator',
      { numerator: '5' },
      'reading-ledger/a-numerator-is-not-above-its-denominator',
      '/numerator',
    ],
    [
      'without its denominator',
      { denominator: undefined },
      'reading-ledger/a-ratio-has-both-numbers-or-neither',
      '/denominator',
    ],
    ['that is a float', { numerator: 3.1 }, 'reading-ledger/a-line-is-a-reading', '/numerator'],
    ['that is no decimal', { numerator: '3,1' }, 'reading-ledger/a-number-is-a-plain-decimal', '/numerator'],
    ['that is negative', { numerator: '-1' }, 'reading-ledger/a-volume-is-not-negative', '/numerator'],
    [
      'of a district that does not exist',
      { dimensions: { district: 'Atlantis' } },
      'reading-ledger/a-reading-names-districts-that-exist',
      '/dimensions/district',
    ],
    ['of another kind', reading('x'), 'reading-ledger/a-reading-is-of-the-kind-of-its-indicator', '/kind'],
  ])('of a ratio %s is rejected with its line, its rule and its field', (_name, more, rule, pointer) =>
    areRejected(ndjson('kind' in more ? more : share(more)), [[1, rule, pointer]], `${indicators}/coverage/readings`),
  );

  it('twice in one upload with different content is taken in once', async () => {
    const response = await upload(ndjson(reading('twice'), reading('twice', { dimensions: { ward: '2' } })));
    const entries = String(response.body).trim().split('\n');
    expect(response.status).toBe(207);
    expect(JSON.parse(entries[0]!)).toMatchObject({
      line: 2,
      rule: 'reading-ledger/a-reading-that-stands-is-not-recorded-again',
    });
    expect(JSON.parse(entries[1]!)).toEqual({ accepted: 1, unchanged: 0, rejected: 1 });
  });

  it('of an indicator that nobody defined is refused', () =>
    isRefused(
      () =>
        post(`${indicators}/no-such/readings`, 'capturer', ndjson(reading('x')), {
          'content-type': 'application/x-ndjson',
        }),
      { status: 404, type: 'reading-ledger/readings-belong-to-a-defined-indicator' },
    ));

  it('asked for an indicator that nobody defined is not found', () =>
    isRefused(() => ledger.http().get('/v1/performance?agency=boston&indicator=no-such'), {
      status: 404,
      type: 'http/not-found',
    }));
});

describe('an upload', () => {
  const whole = ndjson(reading('packed-1'), reading('packed-2'));
  const packed = gzipSync(whole);

  it('in invalid UTF-8 is rejected line by line as NDJSON, and as a whole as CSV', async () => {
    const bad = Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]);
    await areRejected(bad, [[1, 'http/malformed-json', '']]);
    await isRefused(() => upload(Buffer.concat([Buffer.from('id,kind\n'), bad]), { 'content-type': 'text/csv' }), {
      status: 400,
      type: 'http/malformed-upload',
    });
  });

  it('whose gzip is truncated is refused', () =>
    isRefused(() => upload(packed.subarray(0, 12), { 'content-encoding': 'gzip' }), {
      status: 400,
      type: 'http/incomplete-body',
    }));

  it('whose gzip is damaged is refused', async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0, 10, 20);
    await isRefused(() => upload(damaged, { 'content-encoding': 'gzip' }), {
      status: 400,
      type: 'http/malformed-upload',
    });
  });

  it.each([
    ['as JSON', 'application/json'],
    ['as lines', 'application/x-ndjson'],
  ])('that unpacks to a thousand times its size is refused %s', (_name, type) =>
    isRefused(
      () => upload(gzipSync(Buffer.alloc(50_000_000, 0x20)), { 'content-encoding': 'gzip', 'content-type': type }),
      {
        status: type === 'application/json' ? 415 : 413,
        type: type === 'application/json' ? 'http/unsupported-media-type' : 'http/body-too-large',
      },
    ),
  );

  it('in CSV whose header has moved is rejected', async () => {
    const before = await ledger.recorded();
    const rows = 'case-9,case,2011-07-05T08:00:00-04:00\nid,kind,startedAt\n';
    const response = await upload(rows, { 'content-type': 'text/csv' });
    expect(response.status).toBe(422);
    expect(
      String(response.body)
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      expect.objectContaining({ line: 2, pointer: expect.any(String), rule: 'reading-ledger/a-line-is-a-reading' }),
      { accepted: 0, unchanged: 0, rejected: 1 },
    ]);
    expect(await ledger.recorded()).toEqual(before);
  });

  it.each([
    ['names a column twice', 'id,id\n1,2\n', 'http/malformed-upload'],
    ['has a column without a name', 'id,\n1,2\n', 'http/malformed-upload'],
    ['names __proto__', 'id,__proto__\n1,2\n', 'http/forbidden-name'],
  ])('in CSV whose header %s is refused', (_name, body, type) =>
    isRefused(() => upload(body, { 'content-type': 'text/csv' }), { status: 400, type }),
  );

  it('that stops half way keeps whole lines only, and is finished by sending it again', async () => {
    const lines = [reading('cut-1'), reading('cut-2'), reading('cut-3')].map((line) => JSON.stringify(line));
    const recorded = () => ledger.recorded('readings');
    const before = (await recorded()).length;
    await cutShort(
      [
        `POST ${readings} HTTP/1.1`,
        'Host: 127.0.0.1',
        `Authorization: ${ledger.bearer('capturer').authorization}`,
        'Content-Type: application/x-ndjson',
        'Content-Length: 100000',
      ],
      `${lines[0]}\n${lines[1]}\n${lines[2]!.slice(0, 40)}`,
    );
    expect((await recorded()).length - before).toBeLessThanOrEqual(2);
    const again = await upload(ndjson(...lines)).expect(200);
    expect(JSON.parse(String(again.body))).toMatchObject({ rejected: 0 });
    expect((await recorded()).length - before).toBe(3);
  });

  it('of one line of 2 GB is refused with 413 while memory stays flat', async () => {
    const before = await ledger.recorded();
    const { status, type, sent, grown } = await sendLongLine(2 * 1024 ** 3);
    process.stdout.write(
      `2 GB line: ${status} after ${Math.round(sent / 1e6)} MB, ${Math.round(grown / 1e6)} MB more\n`,
    );
    expect([status, type]).toEqual([413, '/v1/problems/http/body-too-large']);
    expect(grown).toBeLessThan(200e6);
    expect(await ledger.recorded()).toEqual(before);
  }, 60_000);
});

/** Streams one line until the connection ends. `grown`: most memory that the process took beyond the start. */
async function sendLongLine(length: number) {
  const chunk = Buffer.alloc(1024 * 1024, 0x78);
  const begun = process.memoryUsage.rss();
  let grown = 0;
  let sent = 0;
  const request = rawRequest(`${ledger.url}${readings}`, {
    method: 'POST',
    headers: { ...ledger.bearer('capturer'), 'content-type': 'application/x-ndjson' },
  });
  // The service ends the connection a while after its answer, while this side still writes.
  request.on('error', () => undefined);
  const closed = new Promise((resolve) => request.once('close', resolve));
  let answer: IncomingMessage | undefined;
  let text = '';
  request.on('response', (response) => {
    answer = response;
    response.on('data', (part: Buffer) => (text += part.toString()));
    response.on('error', () => undefined);
  });
  while (sent < length && !request.destroyed) {
    const more = request.write(chunk);
    sent += chunk.length;
    grown = Math.max(grown, process.memoryUsage.rss() - begun);
    const drained = new Promise((resolve) => request.once('drain', resolve));
    await (more ? new Promise(setImmediate) : Promise.race([drained, closed]));
  }
  await closed;
  return { status: answer?.statusCode, type: (JSON.parse(text) as { type: string }).type, sent, grown };
}

describe('a token', () => {
  const claims = (): JWTPayload => ({ iss: ledger.keys.issuer, sub: 'administrator', aud: 'civic-ledger' });
  const sign = (payload: JWTPayload, { exp = '5m', typ = 'at+jwt', key = ledger.keys.privateKey } = {}) =>
    new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', typ }).setExpirationTime(exp).sign(key);

  it.each<[string, () => Promise<string>]>([
    ['that has expired', () => sign(claims(), { exp: '-1m' })],
    ['of a foreign issuer', () => sign({ ...claims(), iss: 'urn:civic-ledger:elsewhere' })],
    ['signed with a foreign key', async () => sign(claims(), { key: (await generateKeyPair('EdDSA')).privateKey })],
    ['for another audience', () => sign({ ...claims(), aud: 'portal' })],
    ['with alg none', async () => new UnsecuredJWT(claims()).setExpirationTime('5m').encode()],
    ['of another type', () => sign(claims(), { typ: 'JWT' })],
    ['that is nonsense', async () => 'a.b.c'],
  ])('%s is refused', async (_name, make) => {
    const token = await make();
    await isRefused(() => ledger.http().post('/v1/agencies').set('authorization', `Bearer ${token}`).send(salem), {
      status: 401,
      type: 'http/unauthenticated',
    });
  });
  it('that is missing is refused', () =>
    isRefused(() => ledger.http().post('/v1/agencies').send(salem), { status: 401, type: 'http/unauthenticated' }));
  it('of somebody without the role is refused', () =>
    isRefused(() => post('/v1/agencies', 'owner', salem), { status: 403, type: 'http/forbidden' }));
});

describe('the guard', () => {
  const paths = [
    '/v1//agencies/boston/indicators',
    '/v1/agencies/boston/%69ndicators',
    '/v1/agencies/boston/indicators/',
    '/v1/agencies/boston/indicators%2f',
    '/V1/AGENCIES/boston/indicators',
    '/v1/agencies/salem/../boston/indicators',
    '/v1/agencies/salem%2f..%2fboston/indicators',
    '/v1/agencies/%62oston/indicators',
    '/v1/agencies/boston;x/indicators',
    '/v1/agencies/boston%00/indicators',
    '/v1/agencies/boston/indicators?agency=salem',
    '/v1/agencies/%2e%2e/indicators',
    '/v1/agencies/__proto__/indicators',
    '/v1/agencies/constructor/indicators',
  ];
  it.each(paths)('does not let a person without a grant for it pass by %s', async (path) => {
    await ledger.signIn('stranger', 'service-owner', 'salem');
    const before = await ledger.recorded();
    for (const headers of [{}, ledger.bearer('stranger')]) {
      const { status } = await ledger
        .http()
        .post(path)
        .set(headers)
        .send({ ...card, id: 'smuggled' });
      expect([400, 401, 403, 404]).toContain(status);
    }
    expect(await ledger.recorded()).toEqual(before);
  });
});

describe('a precondition', () => {
  it.each<[string, string, Refusal]>([
    ['that is stale', '"7"', { status: 412, type: 'http/stale-revision', pointers: ['If-Match'] }],
    ['that is weak', 'W/"0"', { status: 412, type: 'http/stale-revision' }],
    ['without quotes', '0', { status: 400, type: 'http/malformed-precondition', pointers: ['If-Match'] }],
    ['that is any', '*', { status: 400, type: 'http/malformed-precondition', pointers: ['If-Match'] }],
  ])('%s is refused', (_name, ifMatch, refusal) =>
    isRefused(() => post('/v1/agencies', 'administrator', boston, { 'if-match': ifMatch }), refusal),
  );
});

describe('an Idempotency-Key', () => {
  const lynn = { id: 'lynn', name: 'Lynn', timeZone: 'America/New_York' };
  const send = (key: string, body: object = lynn) =>
    post('/v1/agencies', 'administrator', body, { 'idempotency-key': key });

  it.each([
    ['with spaces', 'a b'],
    ['of 256 characters', 'x'.repeat(256)],
    ['that is an empty string', '""'],
  ])('%s is malformed', (_name, key) =>
    isRefused(() => send(key), {
      status: 400,
      type: 'http/malformed-idempotency-key',
      pointers: ['Idempotency-Key'],
    }),
  );

  it('gives the first answer again, and is refused with another body, also after a restart', async () => {
    const first = await send('key-1').expect(201);
    for (const restart of [false, true]) {
      if (restart) await ledger.restart();
      const before = await ledger.recorded();
      for (const key of ['key-1', '"key-1"']) {
        const again = await send(key).expect(201);
        expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true', etag: first.headers['etag'] });
        expect(again.text).toBe(first.text);
      }
      expect(await ledger.recorded()).toEqual(before);
      await isRefused(() => send('key-1', { ...lynn, name: 'L.' }), {
        status: 422,
        type: 'http/idempotency-key-reused',
        pointers: ['Idempotency-Key'],
      });
    }
  });

  it('is refused while the first request with it is being worked on', async () => {
    const revere = { ...lynn, id: 'revere' };
    const before = (await ledger.recorded()).length;
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('key-2', revere)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(201);
    expect(new Set(statuses)).toEqual(new Set([201, 409]));
    const refused = answers.find(({ status }) => status === 409)!;
    expect(problemIn(refused).type).toBe('/v1/problems/http/idempotency-key-in-flight');
    expect(refused.headers['retry-after']).toBe('1');
    expect((await ledger.recorded()).length).toBe(before + 1);
  });
});

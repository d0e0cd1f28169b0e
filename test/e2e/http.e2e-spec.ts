import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startEmbeddedEventStore } from '@app/embedded-eventstore';
import { startEmbeddedMongo } from '@app/embedded-mongo';
import { EventStoreModule } from '@app/event-store';
import { HttpModule, Logs, createApp, localKeys, type LocalKeys } from '@app/http';
import { ProjectionsModule } from '@app/projections';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SignJWT, UnsecuredJWT, generateKeyPair, type JWTPayload } from 'jose';
import request from 'supertest';
import {
  RegisterAgencyEndpoint,
  RegisterAgencyHandler,
} from '../../libs/directory/src/agency/register-agency/register-agency.endpoint.js';
import { GrantCommandsModule, GrantsModule } from '../../libs/directory/src/grant/grant.module.js';
import { ProbeEndpoint } from './http-probe.js';

@Module({ controllers: [RegisterAgencyEndpoint, ProbeEndpoint], providers: [RegisterAgencyHandler] })
class DoorsModule {}

const lines: string[] = [];
let folder: string;
let app: NestFastifyApplication;
let keys: LocalKeys;
let administrator: string;
let closeStores: () => Promise<void>;

const boston = { id: 'boston', name: 'City of Boston', timeZone: 'America/New_York' };
const http = () => request(app.getHttpServer());
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const register = (body: object | string, headers: Record<string, string> = {}) =>
  http()
    .post('/v1/agencies')
    .set({ ...bearer(administrator), 'content-type': 'application/json', ...headers })
    .send(body);
const issue = (body: object, secret = keys.operatorSecret) => http().post('/v1/tokens').set(bearer(secret)).send(body);
const tokenOf = async (body: object): Promise<{ token: string; person: string }> => (await issue(body)).body;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-http-'));
  const events = await startEmbeddedEventStore({ dataDir: join(folder, 'eventstore') });
  const mongo = await startEmbeddedMongo({ dataDir: join(folder, 'mongo') });
  closeStores = async () => {
    await mongo.close();
    await events.close();
  };
  keys = await localKeys(folder);
  const logs = new Logs('info', { write: (line) => lines.push(line) });
  @Module({
    imports: [
      EventStoreModule.forRoot({ url: events.connectionString }),
      ProjectionsModule.forRoot({ mongoUrl: mongo.connectionString, projections: [], run: true }),
      HttpModule.forRoot({ tokens: { audience: 'civic-ledger', local: keys }, logs }),
      GrantsModule,
      GrantCommandsModule,
      DoorsModule,
    ],
  })
  class TestModule {}
  app = await createApp(TestModule, { logs });
  await app.listen(0, '127.0.0.1');
  administrator = (await tokenOf({ role: 'administrator' })).token;
});

afterAll(async () => {
  await app?.close();
  await closeStores?.();
  await rm(folder, { recursive: true, force: true });
});

describe('a command', () => {
  it('is accepted with its revision as ETag, its place and its log position', async () => {
    const { status, body, headers } = await register(boston);
    expect([status, body.id, body.revision, body.eventIds.length]).toEqual([201, 'boston', '0', 1]);
    expect(headers).toMatchObject({ etag: '"0"', location: '/v1/agencies/boston', 'ledger-position': body.position });
  });
  it('sent twice does nothing', async () => {
    const { status, body } = await register(boston);
    expect([status, body.revision, body.eventIds]).toEqual([200, '0', []]);
  });
  it('that breaks a rule is answered with the rule, whose address answers', async () => {
    const { status, headers, body } = await register({ ...boston, id: 'mars', timeZone: 'Mars/Olympus' });
    expect(status).toBe(422);
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body.errors).toEqual([
      { pointer: '/timeZone', detail: body.title, rule: 'agency/an-agency-names-a-known-time-zone' },
    ]);
    expect(body.traceId).toBe(headers['trace-id']);
    const rule = await http().get(body.type);
    expect([rule.status, rule.body.title, rule.body.status]).toEqual([200, body.title, 422]);
  });
  it('with a stale If-Match is refused, with a malformed one too, with the right one taken', async () => {
    expect((await register(boston, { 'if-match': '"7"' })).status).toBe(412);
    expect((await register(boston, { 'if-match': 'W/"0"' })).status).toBe(412);
    expect((await register(boston, { 'if-match': '0' })).status).toBe(400);
    expect((await register(boston, { 'if-match': '"0"' })).status).toBe(200);
  });
});

describe('every type of a problem', () => {
  it('answers with its rule', async () => {
    const { rows } = (await http().get('/v1/problems')).body as { rows: { type: string; title: string }[] };
    expect(rows.length).toBeGreaterThan(30);
    for (const { type, title } of rows) expect((await http().get(type)).body.title).toBe(title);
    expect((await http().get('/v1/problems/no/such')).status).toBe(404);
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown field', { ...boston, colour: 'red' }, 400, '/colour'],
    ['a wrong type', { ...boston, name: 7 }, 400, '/name'],
    ['a missing field', { id: 'boston', name: 'x' }, 400, '/timeZone'],
    ['null', { ...boston, name: null }, 400, '/name'],
    ['a name that is no slug', { ...boston, id: 'Bos ton/..' }, 400, '/id'],
    ['a control character', { ...boston, name: 'a\u0000b' }, 400, '/name'],
    ['an operator instead of text', { ...boston, name: { $gt: '' } }, 400, '/name'],
  ])('%s is refused with the field', async (_name, body, status, pointer) => {
    const answer = await register(body);
    expect([answer.status, answer.body.errors.map((entry: { pointer: string }) => entry.pointer)]).toEqual([
      status,
      [pointer],
    ]);
  });
  it.each([
    ['a list', '[]', 400, 'http/invalid-fields'],
    ['half a document', '{"id":', 400, 'http/malformed-json'],
    ['a name that comes twice', '{"id":"a","id":"b"}', 400, 'http/malformed-json'],
    ['__proto__', '{"__proto__":{"x":1}}', 400, 'http/forbidden-name'],
    ['__proto__ in escapes', '{"\\u005f_proto__":1}', 400, 'http/forbidden-name'],
    ['constructor', '{"a":{"constructor":1}}', 400, 'http/forbidden-name'],
    ['ten thousand levels', '['.repeat(10_000), 400, 'http/too-deep'],
    ['more than a MiB', `{"id":"${'x'.repeat(1100_000)}"}`, 413, 'http/body-too-large'],
  ])('%s is refused', async (_name, body, status, rule) => {
    const answer = await register(body);
    expect([answer.status, answer.body.type]).toEqual([status, `/v1/problems/${rule}`]);
  });
  it('that is not UTF-8 is refused', async () => {
    const answer = await http()
      .post('/v1/agencies')
      .set({ ...bearer(administrator), 'content-type': 'application/json' })
      .serialize((body: unknown) => body as string)
      .send(Buffer.from([0x22, 0xff, 0x22]) as never);
    expect([answer.status, answer.body.type]).toEqual([400, '/v1/problems/http/malformed-json']);
  });
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/csv', 'application/x-ndjson'])(
    'of type %s is refused where JSON is read',
    async (type) => expect((await register('a=1', { 'content-type': type })).status).toBe(415),
  );
  it('at an unknown address is answered with a problem', async () => {
    for (const path of ['/v2', '/v1/agenciesX', '/%zz', '/v1/problems/%00/x']) {
      const { status, headers } = await http().get(path);
      expect([path, status >= 400 && status < 500, headers['content-type']]).toEqual([
        path,
        true,
        expect.stringMatching(/^application\/problem\+json/),
      ]);
    }
  });
});

describe('a token', () => {
  const claims = (): JWTPayload => ({ iss: keys.issuer, sub: 'local:administrator:*', aud: 'civic-ledger' });
  const signed = (payload: JWTPayload, { typ = 'at+jwt', exp = '5m', key = keys.privateKey, alg = 'EdDSA' } = {}) => {
    const token = new SignJWT(payload).setProtectedHeader({ alg, typ });
    return (exp === '' ? token : token.setExpirationTime(exp)).sign(key);
  };
  const statusWith = async (token: string) =>
    (await http().post('/v1/agencies').set(bearer(token)).send(boston)).status;

  it('with every claim in place is good', async () => expect(await statusWith(await signed(claims()))).toBe(200));
  it.each([
    ['no token', async () => ''],
    ['nonsense', async () => 'a.b.c'],
    ['alg none', async () => new UnsecuredJWT(claims()).setExpirationTime('5m').encode()],
    ['another key', async () => signed(claims(), { key: (await generateKeyPair('EdDSA')).privateKey })],
    ['HS256', async () => signed(claims(), { alg: 'HS256', key: Buffer.alloc(32, 1) as never })],
    ['a foreign issuer', async () => signed({ ...claims(), iss: 'https://elsewhere' })],
    ['another audience', async () => signed({ ...claims(), aud: 'portal' })],
    ['no subject', async () => signed({ ...claims(), sub: undefined })],
    ['another type', async () => signed(claims(), { typ: 'JWT' })],
    ['no end', async () => signed(claims(), { exp: '' })],
    ['its time over', async () => signed(claims(), { exp: '-1m' })],
  ])('with %s is refused', async (_name, make) => expect(await statusWith(await make())).toBe(401));
  it('is asked for with a challenge', async () =>
    expect((await http().post('/v1/agencies').send(boston)).headers['www-authenticate']).toMatch(/^Bearer/));
  it('is made with the operator secret only', async () => {
    expect((await issue({ role: 'analyst' }, 'guess')).status).toBe(401);
    expect((await issue({ role: 'analyst', secret: keys.operatorSecret }, 'guess')).status).toBe(200);
    expect((await issue({ role: 'king' })).body.errors[0].pointer).toBe('/role');
    expect((await issue({ role: 'verifier' })).body.errors[0].pointer).toBe('/agency');
  });
});

describe('a role', () => {
  it('opens the doors that name it, in its agency only', async () => {
    const { token } = await tokenOf({ role: 'data-capturer', agency: 'boston' });
    expect((await http().post('/v1/agencies').set(bearer(token)).send(boston)).status).toBe(403);
    const upload = (agency: string) => http().post(`/v1/agencies/${agency}/lines`).set(bearer(token)).type('text/csv');
    expect((await upload('boston').send('id\n1\n')).status).toBe(200);
    expect((await upload('chicago').send('id\n1\n')).status).toBe(403);
    expect((await upload('BOSTON').send('id\n1\n')).status).toBe(404);
  });
  it('does not open a door that names nobody', async () =>
    expect((await http().get('/v1/probe/closed').set(bearer(administrator))).status).toBe(403));
  it('is granted by somebody else, and a revoked one is refused within a second', async () => {
    const { token, person } = await tokenOf({ role: 'verifier', agency: 'boston', subject: 'vera' });
    const own = `/v1/agencies/boston/grants/${person}`;
    const lead = await tokenOf({ role: 'administrator', agency: 'boston', subject: 'vera' });
    const self = await http().post(own).set(bearer(lead.token)).send({ role: 'executive', basis: 'I say so' });
    expect([self.status, self.body.type]).toEqual([403, '/v1/problems/grant/nobody-grants-to-themselves']);
    expect((await http().get('/v1/agencies/boston/verified').set(bearer(token))).status).toBe(200);
    const revocation = { role: 'verifier', basis: 'Moved' };
    expect((await http().post(`${own}/revocation`).set(bearer(administrator)).send(revocation)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect((await http().get('/v1/agencies/boston/verified').set(bearer(token))).status).toBe(403);
  });
});

describe('an Idempotency-Key', () => {
  const salem = { id: 'salem', name: 'Salem', timeZone: 'America/New_York' };
  const send = (key: string, body: object = salem) => register(body, { 'idempotency-key': key });
  it('gives the first answer again, quoted or bare', async () => {
    const first = await send('k-1');
    expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined]);
    for (const key of ['k-1', '"k-1"']) {
      const again = await send(key);
      expect([again.status, again.headers['idempotent-replayed'], again.body]).toEqual([201, 'true', first.body]);
      expect(again.headers['etag']).toBe(first.headers['etag']);
    }
  });
  it('is refused with another body, and when it is malformed', async () => {
    expect((await send('k-1', { ...salem, name: 'S.' })).status).toBe(422);
    expect((await send('a b')).status).toBe(400);
    expect((await send('x'.repeat(300))).status).toBe(400);
  });
  it('keeps a refusal by a rule', async () => {
    const bad = { ...salem, id: 'moon', timeZone: 'Moon/Sea' };
    const first = await send('k-2', bad);
    const again = await send('k-2', bad);
    expect([again.status, again.headers['idempotent-replayed'], again.text]).toEqual([422, 'true', first.text]);
  });
  it('is refused while the first request runs, and failures are not kept', async () => {
    const slow = (key: string) => http().post('/v1/probe/slow').set(bearer(administrator)).set('idempotency-key', key);
    const statuses = (await Promise.all([slow('k-3').send({}), slow('k-3').send({})])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([201, 409]);
    const fail = () =>
      http().post('/v1/probe/failure').set(bearer(administrator)).set('idempotency-key', 'k-4').send({});
    expect((await fail()).status).toBe(500);
    expect((await fail()).headers['idempotent-replayed']).toBeUndefined();
  });
});

describe('an upload', () => {
  const upload = (body: string | Buffer, headers: Record<string, string> = {}) =>
    http()
      .post('/v1/agencies/boston/lines')
      .set({ ...bearer(administrator), 'content-type': 'application/x-ndjson', ...headers })
      .serialize((given: unknown) => given as string)
      .send(body as string)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => done(null, text));
      });
  const entries = (text: unknown) =>
    String(text)
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  it('tells of each line that is not taken in', async () => {
    const { status, body } = await upload('{"id":"1"}\n\n{"id":"2","x":1}\nnonsense\n{"id":"same"}\n{"id":"bad"}\n');
    expect(status).toBe(207);
    expect(entries(body)).toEqual([
      { line: 3, rule: 'http/invalid-fields', pointer: '/x', detail: 'x is not a field of this request.' },
      { line: 4, rule: 'http/malformed-json', pointer: '', detail: expect.any(String) },
      { line: 6, rule: 'probe/a-line-is-good', pointer: '/id', detail: 'A line is good.' },
      { accepted: 1, unchanged: 1, rejected: 3 },
    ]);
  });
  it('is 200 when all lines are in and 422 when none is', async () => {
    expect((await upload('{"id":"1"}')).status).toBe(200);
    expect((await upload('')).status).toBe(200);
    expect((await upload('x')).status).toBe(422);
  });
  it('with an Idempotency-Key is answered again byte for byte, in the type of the first answer', async () => {
    const send = () => upload('{"id":"1"}\nnonsense\n', { 'idempotency-key': 'k-upload' });
    const first = await send();
    const again = await send();
    expect(again.headers['idempotent-replayed']).toBe('true');
    expect([again.status, again.headers['content-type'], again.body]).toEqual([
      first.status,
      'application/x-ndjson; charset=utf-8',
      first.body,
    ]);
  });
  it('is read as CSV and as gzip', async () => {
    const csv = { 'content-type': 'text/csv; charset=utf-8' };
    const { status, body } = await upload('\ufeffid\n1\n2,3\n"bad"\n', csv);
    expect([status, entries(body).at(-1)]).toEqual([207, { accepted: 1, unchanged: 0, rejected: 2 }]);
    const zipped = gzipSync('{"id":"1"}\n{"id":"2"}\n');
    expect(entries((await upload(zipped, { 'content-encoding': 'gzip' })).body)).toEqual([
      { accepted: 2, unchanged: 0, rejected: 0 },
    ]);
  });
  it.each([
    ['a truncated gzip stream', gzipSync('{"id":"1"}\n'.repeat(9)).subarray(0, 30), 400, 'incomplete-body'],
    ['what is no gzip stream', Buffer.from('{"id":"1"}'), 400, 'malformed-upload'],
    ['a gzip bomb', gzipSync(Buffer.alloc(20_000_000, 0x20)), 413, 'body-too-large'],
  ])('refuses %s', async (_name, body, status, rule) => {
    const answer = await upload(body, { 'content-encoding': 'gzip' });
    expect([answer.status, JSON.parse(String(answer.body)).type]).toEqual([status, `/v1/problems/http/${rule}`]);
  });
  it('refuses an unknown encoding and invalid UTF-8', async () => {
    expect((await upload('x', { 'content-encoding': 'br' })).status).toBe(415);
    const bad = Buffer.from([0x22, 0xff, 0x22, 0x0a]);
    expect(entries((await upload(bad)).body)[0]).toMatchObject({ line: 1, rule: 'http/malformed-json' });
    expect((await upload(Buffer.concat([Buffer.from('id\n'), bad]), { 'content-type': 'text/csv' })).status).toBe(400);
  });
  it('refuses a line over 64 KiB and goes on with the next', async () =>
    expect(entries((await upload(`{"id":"${'x'.repeat(200_000)}"}\n{"id":"1"}\n`)).body)).toEqual([
      expect.objectContaining({ line: 1, rule: 'http/line-too-long' }),
      { accepted: 1, unchanged: 0, rejected: 1 },
    ]));
});

describe('a read', () => {
  const list = (query: string) => http().get(`/v1/probe/list${query}`);
  it('is paged without losing or doubling a row', async () => {
    const seen: number[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const { body } = await list(`?kind=odd&limit=7${next === '' ? '' : `&cursor=${next}`}`);
      seen.push(...body.items.map((row: { n: number }) => row.n));
      next = body.next;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, at) => 2 * at + 1));
  });
  it('refuses a cursor of another query, a made-up one, and unknown parameters', async () => {
    const { next } = (await list('?kind=odd&limit=7')).body;
    for (const query of [
      `?kind=even&cursor=${next}`,
      '?kind=odd&cursor=abc',
      '?kind=odd&limit=0',
      '?kind=odd&a[$ne]=1',
    ]) {
      expect([query, (await list(query)).status]).toEqual([query, 400]);
    }
    expect((await list('?kind=odd&limit=x')).body.errors[0].pointer).toBe('?limit');
  });
  it('waits for minPosition, and says so when it cannot', async () => {
    expect((await list('?kind=odd&minPosition=1-1')).status).toBe(200);
    expect((await list('?kind=odd&minPosition=x')).status).toBe(400);
    const late = await list('?kind=odd&minPosition=99999999999').set('prefer', 'wait=1');
    expect([late.status, late.headers['retry-after'], late.body.type]).toEqual([
      503,
      '1',
      '/v1/problems/http/not-yet-visible',
    ]);
  });
  it('is refused by a door that knows no past, and so is any other question that a door does not take', async () => {
    for (const asked of ['asOf=12', 'page=2']) {
      const { status, body } = await http().get(`/v1/probe/rows?${asked}`);
      expect({ status, errors: body.errors }).toMatchObject({
        status: 400,
        errors: [{ pointer: `?${asked.split('=')[0]}` }],
      });
    }
  });

  it('goes back to a revision, an instant or a position', async () => {
    const at = (asOf: string) => http().get(`/v1/probe/as-of?asOf=${asOf}`);
    expect((await at('3')).body).toEqual({ revision: '3' });
    expect((await at('7-7')).body).toEqual({ position: '7-7' });
    expect((await at('2011-07-01T00:00:00%2B02:00')).body).toEqual({ recordedAt: '2011-06-30T22:00:00.000Z' });
    expect((await at('2999-01-01T00:00:00Z')).status).toBe(400);
    expect((await at('yesterday')).status).toBe(400);
  });
  it('carries the revision as ETag and is not repeated to who has it', async () => {
    const first = await http().get('/v1/probe/as-of');
    expect(first.headers['etag']).toBe('"12"');
    expect((await http().get('/v1/probe/as-of').set('if-none-match', '"12"')).status).toBe(304);
  });
  it('sends rows as JSON, NDJSON or CSV, in which no free text is a formula', async () => {
    const rows = (accept: string) => http().get('/v1/probe/rows').set('accept', accept);
    expect((await rows('application/json')).body).toEqual({ rows: [{ name: '=1+1', change: '-5' }], of: 'probe' });
    expect((await rows('application/x-ndjson').buffer(true)).text).toBe('{"name":"=1+1","change":"-5"}\n');
    expect((await rows('text/csv, */*;q=0.1')).text).toBe("name,change\n'=1+1,-5\n");
    expect((await rows('image/png')).status).toBe(406);
  });
});

describe('the service', () => {
  it('is alive and ready', async () => {
    expect((await http().get('/health/live')).body).toEqual({ status: 'live' });
    const { status, body } = await http().get('/health/ready');
    expect([status, body.status, Object.keys(body.checks)]).toEqual([200, 'ready', ['event-store', 'read-models']]);
  });
  it('describes itself in OpenAPI 3.1, with a page that needs no other site', async () => {
    const { body } = await http().get('/v1/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.components.schemas.RegisterAgencyBody.required).toEqual(['id', 'name', 'timeZone']);
    expect(body.paths['/v1/agencies'].post.responses.default.content).toHaveProperty(['application/problem+json']);
    const page = await http().get('/docs');
    expect([page.status, page.type]).toEqual([200, 'text/html']);
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect((await http().get('/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
  it('measures requests by pattern, never by address', async () => {
    const { text } = await http().get('/metrics');
    expect(text).toContain('civic_http_requests_total{method="POST",route="/v1/agencies",status="201"}');
    expect(text).toContain('route="/v1/agencies/:agency/lines"');
    expect(text).not.toMatch(/boston|vera/);
  });
  it('sends the headers of a careful site on every answer', async () => {
    for (const path of ['/v1/problems', '/nowhere', '/health/live']) {
      expect((await http().get(path)).headers).toMatchObject({
        'content-security-policy': expect.stringContaining("default-src 'none'"),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
    }
  });
  it('goes on with the trace of the caller', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { headers } = await http().get('/v1/problems').set('traceparent', `00-${traceId}-00f067aa0ba902b7-01`);
    expect(headers['trace-id']).toBe(traceId);
  });
  it('writes a line per request, without tokens, secrets, people or what they sent', () => {
    const text = lines.join('');
    expect(text).toContain('"route":"/v1/agencies/:agency/grants/:person"');
    for (const secret of [keys.operatorSecret, administrator, 'vera', 'City of Boston'])
      expect(text).not.toContain(secret);
  });
});

import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { RunningLedger } from './running-ledger.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Response>>;
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let ledger: RunningLedger;
let document: Document;
let operations: { readonly name: string; readonly path: string; readonly operation: Operation }[];

beforeAll(async () => {
  ledger = await RunningLedger.start({ docs: true });
  document = (await ledger.http().get('/v1/openapi.json').expect(200)).body as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
});
afterAll(() => ledger.close());

/** Method and path of every door, from the controllers that the application has mounted. */
function doors(): string[] {
  const found: string[] = [];
  for (const { controllers } of ledger.app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      const controller = metatype as (new () => object) | undefined;
      if (typeof controller !== 'function') continue;
      const base = String(Reflect.getMetadata(PATH_METADATA, controller));
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = (controller.prototype as Record<string, object>)[name]!;
        const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (method === undefined) continue;
        const path = `/${base}/${String(Reflect.getMetadata(PATH_METADATA, handler))}`.replaceAll(/\/+/g, '/');
        found.push(`${RequestMethod[method]} ${path.replace(/(.)\/$/, '$1').replaceAll(/:(\w+)/g, '{$1}')}`);
      }
    }
  }
  return found.sort();
}

/** Fields of an object, of what it refers to, and of each form that it may have. */
function namesIn({ $ref, properties = {}, anyOf = [] }: Schema = {}): string[] {
  const target = $ref === undefined ? [] : namesIn(document.components.schemas[$ref.split('/').at(-1)!]);
  return [...Object.keys(properties), ...anyOf.flatMap(namesIn), ...target];
}

describe('the OpenAPI document', () => {
  it('is of version 3.1 and has every door of the router, and no other', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({ title: 'Civic Ledger', version: '1' });
    const served = doors().filter((door) => !/ \/(health\/(live|ready)|metrics)$/.test(door));
    expect(served.length).toBeGreaterThan(20);
    expect(operations.map(({ name }) => name).sort()).toEqual(served);
  });

  it('has a name of its own for every operation, an answer that succeeds, and a problem for all others', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect([name, statuses.some((status) => /^2\d\d$/.test(status))]).toEqual([name, true]);
      expect([name, operation.responses['default']?.content]).toEqual([
        name,
        { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      ]);
      for (const { description } of Object.values(operation.responses)) expect(typeof description).toBe('string');
    }
  });

  it('declares every part of a path, and each parameter once', () => {
    for (const { name, path, operation } of operations) {
      const parameters = operation.parameters ?? [];
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect([name, inPath.map((parameter) => parameter.name).sort()]).toEqual([
        name,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part).sort(),
      ]);
      for (const parameter of inPath) expect([name, parameter.required]).toEqual([name, true]);
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      expect([name, new Set(keys).size]).toEqual([name, keys.length]);
      for (const parameter of parameters)
        expect([name, parameter.name, typeof parameter.schema]).toEqual([name, parameter.name, 'object']);
    }
  });

  it('refers only to schemas that it has, whose required fields are there', () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g))
      expect([name, document.components.schemas[name!] !== undefined]).toEqual([name, true]);
    expect(text).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/)/);
    expect(text).not.toContain('"nullable"');
    for (const [name, { required = [], properties = {} }] of Object.entries(document.components.schemas))
      for (const field of required)
        expect([name, Object.keys(properties)]).toEqual([name, expect.arrayContaining([field])]);
  });

  it('describes the body of every command that has one, field by field', () => {
    const bodies = operations.flatMap(({ name, operation }) =>
      Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => ({ name, type, schema })),
    );
    expect(bodies.length).toBeGreaterThan(10);
    for (const { name, type, schema } of bodies) {
      if (type !== 'application/json') continue;
      const target = document.components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
      expect([name, Object.keys(target?.properties ?? {}).length > 0]).toEqual([name, true]);
    }
  });

  it('says field by field what every question is answered with', () => {
    const questions = operations.filter(({ name }) => name.startsWith('GET '));
    expect(questions.length).toBeGreaterThan(60);
    for (const { name, operation } of questions) {
      const { schema } = operation.responses['200']?.content?.['application/json'] ?? {};
      expect([name, namesIn(schema).length > 0]).toEqual([name, true]);
    }
    expect(document.components.schemas['directory.AgencyAnswer']).toMatchObject({
      required: ['id', 'revision', 'name', 'timeZone'],
      properties: { timeZone: { type: 'string' } },
    });
  });

  it('describes the problems that are really answered', async () => {
    const { required = [], properties = {} } = document.components.schemas['Problem']!;
    for (const path of ['/v1/nothing', '/v1/performance', '/v1/audit', '/v1/performance?agency=a&indicator=b']) {
      const { body } = (await ledger.http().get(path)) as { body: Record<string, unknown> };
      expect([path, Object.keys(body)]).toEqual([path, expect.arrayContaining([...required])]);
      for (const [field, value] of Object.entries(body)) {
        const type = properties[field]?.type;
        const given = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : typeof value;
        expect([path, field, given]).toEqual([path, field, type]);
      }
    }
  });

  it('has a page that needs no other site', async () => {
    const page = await ledger.http().get('/docs').expect(200);
    const local = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(local.length).toBeGreaterThan(2);
    for (const address of local) {
      expect(address).not.toMatch(/^(https?:)?\/\//);
      await ledger.http().get(new URL(address, 'http://x/docs').pathname).expect(200);
    }
  });
});

describe('logs and metrics', () => {
  const canary = 'Xanadu-Quill';
  const hidden = canary.toLowerCase();

  it('hold nothing of whom they are about or what was sent', async () => {
    await ledger.signIn('admin', 'administrator');
    await ledger.signIn(`mailto:${canary}@example.org`, 'data-capturer', 'boston');
    const admin = ledger.bearer('admin');
    const capturer = ledger.bearer(`mailto:${canary}@example.org`);
    const agency = { id: 'boston', name: canary, timeZone: 'America/New_York' };
    await ledger.http().post('/v1/agencies').set(admin).send(agency).expect(201);
    await ledger
      .http()
      .post('/v1/agencies')
      .set(admin)
      .send({ ...agency, [canary]: canary })
      .expect(400);
    await ledger.http().post('/v1/agencies').set(admin).type('json').send(`{"id":"${canary}`).expect(400);
    await ledger
      .http()
      .post('/v1/agencies')
      .set({ authorization: `Bearer ${canary}` })
      .expect(401);
    const upload = ledger.http().post(`/v1/agencies/boston/indicators/${hidden}/readings`).set(capturer);
    await upload.type('application/x-ndjson').send(`{"id":"${canary}"}\n`).expect(404);
    await ledger.http().get(`/v1/audit?actor=${canary}`).set(admin);
    await ledger.http().get(`/v1/audit?${canary}=${canary}`).set(admin);
    await ledger.http().get(`/v1/${canary}/${hidden}`).set('user-agent', canary).expect(404);
    await ledger.http().get(`/v1/agencies/${hidden}`).expect(404);
    await ledger.http().get('/v1/problems').set('x-forwarded-for', canary).expect(200);
    const lines = ledger.lines.join('');
    expect(lines.split('\n').length).toBeGreaterThan(10);
    const { text } = await ledger.http().get('/metrics').expect(200);
    for (const written of [lines, text]) {
      expect(written.toLowerCase()).not.toContain(hidden);
      expect(written).not.toContain(ledger.keys.operatorSecret);
      for (const { token, person } of ledger.people.values()) {
        expect(written).not.toContain(token);
        expect(written).not.toContain(person);
      }
    }
  });

  it('measure requests, how far the read models lag, and what is parked', async () => {
    const { text } = await ledger.http().get('/metrics').expect(200);
    for (const line of [
      /^civic_http_request_duration_seconds_bucket\{le="0\.005",method="POST",route="\/v1\/agencies"\} \d+$/m,
      /^civic_http_requests_total\{method="POST",route="\/v1\/agencies",status="201"\} 1$/m,
      /^civic_http_requests_in_flight \d+$/m,
      /^civic_projection_lag_seconds [\d.]+$/m,
      /^civic_projection_parked_documents 0$/m,
    ])
      expect(text).toMatch(line);
  });
});

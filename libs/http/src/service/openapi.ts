import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AcceptedBody } from '../doors/accepted.js';
import { changesOneRecord, declaredReplies } from './declared-replies.js';
import { schemasUsedIn } from './typed-replies.js';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const text = { type: 'string' } as const;

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

const problemSchema: Schemas[string] = {
  type: 'object',
  description: 'RFC 9457 problem details; the type answers GET with the rule',
  required: ['type', 'title', 'status', 'instance', 'traceId', 'errors'],
  properties: {
    type: text,
    title: text,
    status: { type: 'integer' },
    detail: text,
    instance: text,
    traceId: text,
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail', 'rule'],
        properties: { pointer: text, detail: text, rule: text },
      },
    },
  },
};

const problemResponse = {
  description: 'A problem',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and request give the first answer again, for 48 hours',
  schema: { type: 'string', maxLength: 255 },
} as const;

const ifMatch = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'ETag of the revision that the change is meant for; 412 where the record is at another one',
  schema: { type: 'string', example: '"7"' },
} as const;

const minPosition = {
  name: 'minPosition',
  in: 'query',
  required: false,
  description: 'Answer only when the read models have this log position; Prefer: wait=n says how many seconds to wait',
  schema: { type: 'string', example: '1207-1207' },
} as const;

/** What an address is about: the page is ordered by it. `/v1/agencies/{agency}/grants/{person}` is about grants. */
const nounOf = (address: string): string =>
  /^\/v1\/(?:agencies\/\{agency\}\/)?([\w-]+)/.exec(address)?.[1] ?? 'service';

/** The document from the code alone: field decorators carry both the checks and the schema. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Civic Ledger')
      .setDescription('System of record for service delivery improvement plans and service level agreements')
      .setVersion('1')
      .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
      .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
      .build(),
    {
      operationIdFactory: (controller, method) => `${controller.replace(/Endpoint$/, '')}.${method}`,
      extraModels: [AcceptedBody],
    },
  );
  for (const [address, path] of Object.entries(document.paths)) {
    for (const method of methods) {
      const operation = path[method];
      if (operation === undefined) continue;
      operation.tags = [nounOf(address)];
      operation.responses = { ...declaredReplies(method, operation), default: problemResponse };
      const shared =
        method === 'get' ? [minPosition] : changesOneRecord(operation) ? [idempotencyKey, ifMatch] : [idempotencyKey];
      operation.parameters = [...(operation.parameters ?? []), ...shared];
    }
  }
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problemSchema, ...schemasUsedIn(document.paths) },
  };
  return document;
}

/** `/v1/openapi.json`, and a page to try it at `/docs`, from local files. */
export function serveOpenApi(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'v1/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Civic Ledger',
    swaggerOptions: { persistAuthorization: false, validatorUrl: null },
  });
}

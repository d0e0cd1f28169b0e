import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly parameters?: readonly { readonly name: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

/** Schemas as they are published, but that no object has a property which is not declared. */
const strictly = (schema: unknown): unknown => {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(strictly);
  const strict = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strictly(value)]));
  return 'properties' in strict && strict['type'] === 'object' ? { additionalProperties: false, ...strict } : strict;
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');

/** Holds every reply of a running service against what its OpenAPI document declares for that door and status. */
export class ReplyContract {
  /** What was answered and not declared. */
  readonly faults: string[] = [];
  checked = 0;
  readonly #routes: readonly Route[];
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<object, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    (addFormats as unknown as (ajv: Ajv2020) => void)(this.#ajv);
    this.#ajv.addFormat('decimal', true);
    this.#ajv.addSchema({ $id: 'document:', components: strictly(document.components) as object });
    this.#routes = Object.entries(document.paths)
      .flatMap(([path, methods]) =>
        Object.entries(methods as Readonly<Record<string, Pick<Route, 'responses' | 'parameters'>>>).map(
          ([method, { responses, parameters = [] }]) => ({
            method: method.toUpperCase(),
            path,
            pattern: new RegExp(`^${escaped(path).replaceAll(/\{\w+\}/g, '[^/]+')}$`),
            responses,
            parameters,
          }),
        ),
      )
      // A path without parameters comes before one that it also fits.
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  }

  /** Whether the door says that it heeds `If-Match`. */
  heedsIfMatch(method: string, url: string): boolean {
    return this.#routeOf(method, url)?.parameters?.some(({ name }) => name === 'If-Match') ?? false;
  }

  #routeOf(method: string, url: string): Route | undefined {
    const path = url.split('?')[0]!;
    return this.#routes.find((one) => one.method === method && one.pattern.test(path));
  }

  listenTo(server: Server): void {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      const keep = (chunk: unknown): void => {
        if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
      };
      const write = response.write.bind(response) as Pass;
      const end = response.end.bind(response) as Pass;
      const writeHead = response.writeHead.bind(response) as Pass;
      let type = '';
      response.writeHead = ((...args: unknown[]) => {
        const headers = args.at(-1);
        if (typeof headers === 'object' && headers !== null)
          type = (headers as Readonly<Record<string, string | undefined>>)['content-type'] ?? '';
        return writeHead(...args);
      }) as typeof response.writeHead;
      response.write = ((...args: unknown[]) => {
        keep(args[0]);
        return write(...args);
      }) as typeof response.write;
      response.end = ((...args: unknown[]) => {
        keep(args[0]);
        const media = (type === '' ? String(response.getHeader('content-type') ?? '') : type).split(';')[0]!;
        this.#check(request, response.statusCode, media, Buffer.concat(chunks).toString());
        return end(...args);
      }) as typeof response.end;
    });
  }

  #check({ method = '', url = '' }: IncomingMessage, status: number, type: string, body: string): void {
    const route = this.#routeOf(method, url);
    if (route === undefined) return;
    this.checked += 1;
    const declared = route.responses[status] ?? (status >= 400 ? route.responses['default'] : undefined);
    const fault = (what: string): void => void this.faults.push(`${method} ${route.path} ${status}: ${what}`);
    if (declared === undefined) return fault('the status is not declared');
    const { content } = declared;
    if (content === undefined || body === '') return;
    if (!(type in content)) {
      const problem = route.responses['default']?.content;
      if (status < 400 || problem === undefined || !(type in problem)) return fault(`${type} is not declared`);
    }
    const schema = (content[type] ?? route.responses['default']?.content?.[type])?.schema;
    if (schema === undefined || !/json$/.test(type) || /ndjson$/.test(type)) return;
    const validate = this.#validatorOf(schema);
    if (!validate(JSON.parse(body))) fault(this.#ajv.errorsText(validate.errors));
  }

  #validatorOf(schema: object): ValidateFunction {
    const known = this.#validators.get(schema);
    if (known !== undefined) return known;
    const text = JSON.stringify(strictly(schema)).replaceAll('"#/components', '"document:#/components');
    const validate = this.#ajv.compile(JSON.parse(text) as object);
    this.#validators.set(schema, validate);
    return validate;
  }
}

type Pass = (...args: unknown[]) => unknown;

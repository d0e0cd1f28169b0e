import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bulkMediaTypes } from '../bulk/bulk-door.js';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { Problem, problems } from '../problems/problem.js';
import { readJson } from '../requests/json-reader.js';
import { traceOf } from '../requests/trace.js';
import type { Logs } from './logs.js';
import type { Metrics } from './metrics.js';

/** Trace id on every request; one log line and one measurement for every answer, by route pattern. */
export function observe(fastify: FastifyInstance, logs: Logs, metrics: Metrics): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { traceId, traceparent } = traceOf(request.headers['traceparent']);
    Object.assign(request, { traceId, traceparent });
    void reply.header('Trace-Id', traceId);
    metrics.began();
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    metrics.ended(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    if (route !== '/health/live' && route !== '/metrics') {
      logs.request({
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        traceId: (request as LedgerRequest).traceId,
      });
    }
    done();
  });
}

/** The pattern of the route: parameters may name people's cases, so they are never logged. */
const routeOf = (request: FastifyRequest): string =>
  request.is404 ? 'unmatched' : (request.routeOptions.url ?? 'unmatched');

/** One reader for JSON; uploads stay streams. Everything else is an unsupported media type. */
export function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      if (!['identity', undefined].includes(request.headers['content-encoding'])) {
        throw new Problem(problems.unsupportedMediaType, 'A document comes unpacked; only uploads may be gzipped.');
      }
      done(null, body.length === 0 ? undefined : readJson(body));
    } catch (error) {
      done(error as Error);
    }
  });
  fastify.addContentTypeParser(bulkMediaTypes, (_request, payload, done) => done(null, payload));
}

/** Every answer is data, so nothing of it may run or be framed. Helmet says which headers; they are the same for all, so it is asked once. */
export function secureHeaders(fastify: FastifyInstance): void {
  const headers: Record<string, string> = {};
  const collect = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  };
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    // Of browsers and plug-ins that are gone.
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })({} as IncomingMessage, collect as unknown as ServerResponse, (error?: unknown) => {
    if (error !== undefined) throw error as Error;
  });
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
}

/** The page at /docs needs its own scripts and one inline style; everything else is data. */
export function loosenDocs(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request: FastifyRequest, reply: FastifyReply, _payload, done) => {
    if (request.url === '/docs' || request.url.startsWith('/docs/')) {
      void reply.header(
        'Content-Security-Policy',
        "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
    }
    done();
  });
}

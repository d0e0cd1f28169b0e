import rateLimit from '@fastify/rate-limit';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hash } from 'node:crypto';
import { callerAddress } from './auth/caller-quota.js';
import { asProblem, problemDetails } from './problems/problem-details.js';
import { Problem, problems } from './problems/problem.js';
import { LedgerAdapter } from './replies/ledger-adapter.js';
import { FirstAnswers } from './requests/first-answers.js';
import { traceOf } from './requests/trace.js';
import { clientErrorAnswer } from './problems/client-error.js';
import { loosenDocs, observe, readBodies, secureHeaders } from './service/hooks.js';
import { Logs } from './service/logs.js';
import { Metrics } from './service/metrics.js';
import { serveOpenApi } from './service/openapi.js';

export interface AppOptions {
  readonly logs?: Logs;
  /** Requests per minute and principal. */
  readonly rateLimit?: number;
  readonly bodyLimit?: number;
  /** Serve `/v1/openapi.json` and `/docs`. */
  readonly docs?: boolean;
}

/** A Nest application on Fastify with everything that all doors share; not listening yet. */
export async function createApp(
  module: Type | DynamicModule,
  { logs = new Logs(), rateLimit: perMinute = 60_000, bodyLimit = 1024 * 1024, docs = true }: AppOptions = {},
): Promise<NestFastifyApplication> {
  const adapter = new LedgerAdapter({
    bodyLimit,
    requestTimeout: 300_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    routerOptions: { maxParamLength: 512 },
    clientErrorHandler: (error, socket) => {
      // Nobody listens at the other end, or an answer has begun already.
      if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
      socket.end(clientErrorAnswer(error.code));
    },
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const { traceId } = traceOf(request.headers['traceparent']);
      const problem = asProblem(error);
      void reply
        .status(problem.kind.status)
        .type('application/problem+json')
        .send(JSON.stringify(problemDetails(problem, traceId)));
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: logs,
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  observe(fastify, logs, app.get(Metrics));
  readBodies(fastify);
  secureHeaders(fastify);
  app.get(FirstAnswers).observe(fastify);
  if (docs) {
    loosenDocs(fastify);
    serveOpenApi(app);
  }
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: callerOf,
    allowList: (request) => request.url.startsWith('/health/') || request.url === '/metrics',
    errorResponseBuilder: (_request, { after }) => new Problem(problems.quotaExceeded, `Try again in ${after}.`),
  });
  await app.init();
  await fastify.ready();
  return app;
}

/** Thousands of callers are remembered, and a header has room for kilobytes. */
const longestCaller = 1024;

/** The token stands for its owner, before anybody has checked it; without one, the address (IPv6: its /64). */
function callerOf(request: FastifyRequest): string {
  const { authorization } = request.headers;
  if (authorization === undefined) return callerAddress(request);
  return authorization.length > longestCaller ? hash('sha256', authorization, 'base64url') : authorization;
}

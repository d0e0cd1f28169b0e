import { Clock } from '@app/kernel';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { type Observable, from, map, mergeMap } from 'rxjs';
import { type BulkDoor, bulkKey } from '../bulk/bulk-door.js';
import { AcceptedBody } from '../doors/accepted.js';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { positionText } from '../doors/positions.js';
import { Problem, problemAt, problems } from '../problems/problem.js';
import { asOfKey, parseAsOf } from '../requests/as-of.js';
import { ReadProgress, awaitPosition } from '../requests/freshness.js';
import { etagOf } from '../requests/preconditions.js';
import { Revised } from './revised.js';

/** Headers of every answer: ETag, Location, Ledger-Position; and the waiting of reads for `minPosition`. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly progress: ReadProgress,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<LedgerRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (request.method === 'GET' && request.url.startsWith('/v1/')) {
      return from(this.#beforeRead(context, request, reply)).pipe(
        mergeMap(() => next.handle()),
        map((body) => answer(body, request, reply)),
      );
    }
    const isBulkDoor = this.reflector.get<BulkDoor | undefined>(bulkKey, context.getHandler()) !== undefined;
    if (isStream(request.body) !== isBulkDoor) throw new Problem(problems.unsupportedMediaType);
    return next.handle().pipe(map((body) => answer(body, request, reply)));
  }

  async #beforeRead(context: ExecutionContext, request: LedgerRequest, reply: FastifyReply): Promise<void> {
    const query = request.query as Record<string, unknown>;
    if (this.reflector.get<boolean | undefined>(asOfKey, context.getHandler()) === true && 'asOf' in query) {
      request.asOf = parseAsOf(String(query['asOf']), this.clock.now());
      delete query['asOf'];
    }
    if ('minPosition' in query) {
      await awaitPosition(query['minPosition'], request.headers, this.progress);
      delete query['minPosition'];
    }
    const [unknown] = takesQuery(context) ? [] : Object.keys(query);
    if (unknown !== undefined)
      throw problemAt(problems.invalidFields, `?${unknown}`, `${unknown} is not a field of this request.`);
    // Asked before the read, so the answer knows at least this much.
    const position = await this.progress.position();
    if (position !== undefined) void reply.header('Ledger-Position', positionText(position));
  }
}

/** A door that declares no query would pass over what is asked: an `asOf` that nobody heeds must not get an answer of today. */
function takesQuery(context: ExecutionContext): boolean {
  const declared = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    object | undefined;
  return Object.keys(declared ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}

const isStream = (body: unknown): boolean => typeof body === 'object' && body !== null && 'pipe' in body;

function answer(body: unknown, request: LedgerRequest, reply: FastifyReply): unknown {
  if (body instanceof AcceptedBody) {
    void reply
      .status(body.created ? 201 : 200)
      .header('ETag', etagOf(body.revision))
      .header('Location', body.location);
    if (body.position !== undefined) void reply.header('Ledger-Position', body.position);
    return body;
  }
  if (body instanceof Revised) {
    const etag = etagOf(body.revision);
    void reply.header('ETag', etag);
    if (request.headers['if-none-match'] === etag) {
      void reply.status(304);
      return undefined;
    }
    return body.body as object;
  }
  return body;
}

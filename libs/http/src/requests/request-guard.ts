import { Clock } from '@app/kernel';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { type BulkDoor, bulkKey } from '../bulk/bulk-door.js';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { positionText } from '../doors/positions.js';
import { Problem, problemAt, problems } from '../problems/problem.js';
import { asOfKey, parseAsOf } from './as-of.js';
import { ReadProgress, awaitPosition } from './freshness.js';

/** What no door looks at itself: reads wait for `minPosition` and know `asOf`, and a body is of the kind that the door takes. */
@Injectable()
export class RequestGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly progress: ReadProgress,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<LedgerRequest>();
    if (request.method === 'GET' && request.url.startsWith('/v1/'))
      return this.#beforeRead(context, request, http.getResponse<FastifyReply>());
    const isBulkDoor = this.reflector.get<BulkDoor | undefined>(bulkKey, context.getHandler()) !== undefined;
    if (isStream(request.body) !== isBulkDoor) throw new Problem(problems.unsupportedMediaType);
    return true;
  }

  async #beforeRead(context: ExecutionContext, request: LedgerRequest, reply: FastifyReply): Promise<boolean> {
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
    return true;
  }
}

/** A door that declares no query would pass over what is asked: an `asOf` that nobody heeds must not get an answer of today. */
function takesQuery(context: ExecutionContext): boolean {
  const declared = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as
    object | undefined;
  return Object.keys(declared ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}

export const isStream = (body: unknown): boolean => typeof body === 'object' && body !== null && 'pipe' in body;

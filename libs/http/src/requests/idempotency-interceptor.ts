import { Clock, RuleViolation } from '@app/kernel';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, finalize, from, lastValueFrom } from 'rxjs';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { asProblem, problemDetails } from '../problems/problem-details.js';
import { Problem, problemAt, problems } from '../problems/problem.js';
import { Logs } from '../service/logs.js';
import { Answers, type KeptAnswer } from './answers.js';
import { scopedKey } from './idempotency-key.js';

const keptHeaders = ['etag', 'location', 'ledger-position'];

/** A retry with the same Idempotency-Key gets the first answer. Failures of the service are never kept. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  readonly #inFlight = new Set<string>();

  constructor(
    private readonly answers: Answers,
    private readonly clock: Clock,
    private readonly logs: Logs,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<LedgerRequest>();
    const { keyScope, payloadHash } = request;
    if (keyScope === undefined || payloadHash === undefined || request.method === 'GET') return next.handle();
    const id = scopedKey(keyScope);
    if (this.#inFlight.has(id)) {
      throw new Problem(problems.idempotencyKeyInFlight, undefined, [], { 'Retry-After': '1' });
    }
    this.#inFlight.add(id);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return from(this.#answer(id, payloadHash, request, reply, next)).pipe(finalize(() => this.#inFlight.delete(id)));
  }

  async #answer(id: string, payloadHash: string, request: LedgerRequest, reply: FastifyReply, next: CallHandler) {
    const kept = await this.answers.find(id);
    if (kept !== undefined) return replay(kept, payloadHash, reply);
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const headers = Object.fromEntries(
        keptHeaders.flatMap((name) => {
          const value = reply.getHeader(name);
          return value === undefined ? [] : [[name, String(value)]];
        }),
      );
      await this.#keep({
        _id: id,
        payloadHash,
        status: reply.statusCode,
        headers,
        body: JSON.stringify(body ?? null),
        keptAt: this.clock.now(),
      });
      return body;
    } catch (thrown) {
      if (thrown instanceof RuleViolation) {
        const problem = asProblem(thrown);
        await this.#keep({
          _id: id,
          payloadHash,
          status: problem.kind.status,
          headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
          body: JSON.stringify(problemDetails(problem, request.traceId)),
          keptAt: this.clock.now(),
        });
      }
      throw thrown;
    }
  }

  /** The command is done: a retry is harmless without the kept answer, so its loss is not the caller's failure. */
  async #keep(answer: KeptAnswer): Promise<void> {
    try {
      await this.answers.keep(answer);
    } catch (error) {
      this.logs.failed(error, answer._id);
    }
  }
}

function replay(kept: KeptAnswer, payloadHash: string, reply: FastifyReply): unknown {
  if (kept.payloadHash !== payloadHash) {
    throw problemAt(problems.idempotencyKeyReused, 'Idempotency-Key', 'It came first with another body.');
  }
  void reply.status(kept.status).headers(kept.headers).header('Idempotent-Replayed', 'true');
  return JSON.parse(kept.body) as unknown;
}

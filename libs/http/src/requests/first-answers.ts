import { Clock } from '@app/kernel';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { Problem, problemAt, problems } from '../problems/problem.js';
import { Logs } from '../service/logs.js';
import { Answers, type FirstAnswer, type KeptAnswer } from './answers.js';
import { scopedKey } from './idempotency-key.js';

const keptHeaders = ['etag', 'location', 'ledger-position', 'content-type', 'cache-control'];

/** Thrown instead of going through the door again. */
export class AnsweredBefore extends Error {
  constructor(readonly answer: KeptAnswer) {
    super('The request was answered before.');
  }
}

/** A retry with the same Idempotency-Key gets the first answer. Failures of the service are never kept. */
@Injectable()
export class FirstAnswers implements CanActivate {
  readonly #inFlight = new Set<string>();

  constructor(
    private readonly answers: Answers,
    private readonly clock: Clock,
    private readonly logs: Logs,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<LedgerRequest>();
    const { keyScope, payloadHash, method } = request;
    if (keyScope === undefined || payloadHash === undefined || method === 'GET') return true;
    return this.#begin(scopedKey(keyScope), payloadHash, request);
  }

  async #begin(id: string, payloadHash: string, request: LedgerRequest): Promise<boolean> {
    if (this.#inFlight.has(id))
      throw new Problem(problems.idempotencyKeyInFlight, undefined, [], { 'Retry-After': '1' });
    this.#inFlight.add(id);
    request.firstAnswer = { id, payloadHash, isFinal: true };
    const kept = await this.answers.find(id);
    if (kept === undefined) return true;
    request.firstAnswer.isFinal = false;
    if (kept.payloadHash !== payloadHash)
      throw problemAt(problems.idempotencyKeyReused, 'Idempotency-Key', 'It came first with another body.');
    throw new AnsweredBefore(kept);
  }

  /** Keeps what is sent to a request with a key, before it is sent. */
  observe(fastify: FastifyInstance): void {
    fastify.addHook('onSend', (request, reply, payload, done) => {
      const { firstAnswer } = request as LedgerRequest;
      if (firstAnswer === undefined) return done();
      void this.#end(firstAnswer, reply, payload).finally(() => done());
    });
  }

  async #end({ id, payloadHash, isFinal }: FirstAnswer, reply: FastifyReply, payload: unknown): Promise<void> {
    try {
      if (!isFinal) return;
      const headers = Object.fromEntries(
        keptHeaders.flatMap((name) => {
          const value = reply.getHeader(name);
          return value === undefined ? [] : [[name, String(value)]];
        }),
      );
      const body = typeof payload === 'string' ? payload : '';
      await this.answers.keep({
        _id: id,
        payloadHash,
        status: reply.statusCode,
        headers,
        body,
        keptAt: this.clock.now(),
      });
    } catch (error) {
      // The command is done: a retry is harmless without the kept answer, so its loss is not the caller's failure.
      this.logs.failed(error, id);
    } finally {
      this.#inFlight.delete(id);
    }
  }
}

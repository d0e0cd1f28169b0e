import { RuleViolation } from '@app/kernel';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { LedgerRequest } from '../doors/ledger-request.js';
import { AnsweredBefore } from '../requests/first-answers.js';
import { Logs } from '../service/logs.js';
import { asProblem, problemDetails } from './problem-details.js';

/** The only way an error leaves the service. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logs: Logs) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<LedgerRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (thrown instanceof AnsweredBefore) {
      const { status, headers, body } = thrown.answer;
      void reply.status(status).headers(headers).header('Idempotent-Replayed', 'true').send(body);
      return;
    }
    // What a rule refuses is refused again; whatever else went wrong is worth another try.
    if (request.firstAnswer !== undefined && !(thrown instanceof RuleViolation)) request.firstAnswer.isFinal = false;
    const problem = asProblem(thrown);
    if (problem.kind.status === 500) this.logs.failed(problem.cause ?? thrown, request.traceId);
    if (reply.raw.headersSent) {
      // An answer that has begun cannot become a problem: cut it, so that a short file never looks whole.
      reply.raw.destroy();
      return;
    }
    if (problem.kind.status === 401) void reply.header('WWW-Authenticate', 'Bearer realm="civic-ledger"');
    void reply
      .status(problem.kind.status)
      .headers(problem.headers)
      .header('Cache-Control', 'no-store')
      .type('application/problem+json')
      .send(JSON.stringify(problemDetails(problem, request.traceId)));
  }
}

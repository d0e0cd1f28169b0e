import type { FastifyRequest } from 'fastify';
import type { FirstAnswer } from '../requests/answers.js';
import type { KeyScope } from '../requests/idempotency-key.js';
import type { PointInLog } from './positions.js';
import type { CommandContext } from './principal.js';

/** What the hooks and the guard leave on a request. */
export interface LedgerRequest extends FastifyRequest {
  traceId: string;
  traceparent: string;
  commandContext?: CommandContext;
  /** Only with Idempotency-Key. */
  keyScope?: KeyScope;
  payloadHash?: string;
  firstAnswer?: FirstAnswer;
  /** From `?asOf=` where the door has `@AsOf`. */
  asOf?: PointInLog;
}

import { createHash, randomUUID } from 'node:crypto';

const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** The caller's trace where `traceparent` is well formed (W3C), else a new one. */
export function traceOf(header: string | string[] | undefined): { traceId: string; traceparent: string } {
  const match = typeof header === 'string' ? shape.exec(header) : null;
  if (match !== null && !/^0+$/.test(match[1]!) && !/^0+$/.test(match[2]!)) {
    return { traceId: match[1]!, traceparent: match[0] };
  }
  // Random UUIDs come from a pool; random bytes are a call of the system each.
  const traceId = randomHex();
  return { traceId, traceparent: `00-${traceId}-${randomHex().slice(16)}-01` };
}

const randomHex = (): string => randomUUID().replaceAll('-', '');

/** Commands of one trace share it: the Trace-Id of the answer, written as a UUID. */
export const correlationIdOf = (id: string): string =>
  `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;

export const personOf = (issuer: string, subject: string): string =>
  `p-${createHash('sha256').update(`${issuer}\0${subject}`).digest('hex').slice(0, 40)}`;

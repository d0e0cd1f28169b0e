import type { IncomingHttpHeaders } from 'node:http';
import { Problem, problemAt, problems } from '../problems/problem.js';

export const etagOf = (revision: bigint | string): string => `"${revision}"`;

/** What If-Match and If-None-Match say about the revision; undefined when they say nothing. */
export function expectedRevisionOf(headers: IncomingHttpHeaders): bigint | undefined {
  const match = headers['if-match'];
  if (match === undefined) {
    if (headers['if-none-match'] === '*') return -1n;
    return undefined;
  }
  const text = match.trim();
  // A weak tag never matches in If-Match (RFC 9110, 13.1.1).
  if (text.startsWith('W/')) throw new Problem(problems.staleRevision, 'A weak ETag never matches.');
  const revision = /^"(\d{1,19})"$/.exec(text);
  if (revision === null) throw problemAt(problems.malformedPrecondition, 'If-Match', 'It is one ETag in quotes.');
  return BigInt(revision[1]!);
}

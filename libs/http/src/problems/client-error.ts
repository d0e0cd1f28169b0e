import { traceOf } from '../requests/trace.js';
import { problemDetails } from './problem-details.js';
import { Problem, type ProblemKind, problems } from './problem.js';

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

const byCode: Readonly<Record<string, ProblemKind>> = {
  HPE_HEADER_OVERFLOW: problems.headTooLarge,
  ERR_HTTP_REQUEST_TIMEOUT: problems.requestTimeout,
  HPE_INVALID_EOF_STATE: problems.incompleteBody,
};

/** The whole answer to bytes that never became a request: there is no request to reply to, only the connection. */
export function clientErrorAnswer(code: string | undefined): string {
  const { traceId } = traceOf(undefined);
  const problem = new Problem(byCode[code ?? ''] ?? problems.malformedRequest);
  const { status } = problem.kind;
  const body = JSON.stringify(problemDetails(problem, traceId));
  const head = [
    `HTTP/1.1 ${status} ${reasons[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `Trace-Id: ${traceId}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

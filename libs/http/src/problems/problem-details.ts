import { EventTooLarge, StaleRevision, StoreUnavailable } from '@app/event-store';
import { RuleViolation } from '@app/kernel';
import { HttpException } from '@nestjs/common';
import { Problem, type ProblemEntry, type ProblemKind, problems } from './problem.js';

/** RFC 9457, with the extension members `errors` and `traceId`. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance: string;
  readonly traceId: string;
  readonly errors: readonly ProblemEntry[];
}

export const problemType = (id: string): string => `/v1/problems/${id}`;

export function problemDetails(
  { kind, detail, errors }: Pick<Problem, 'kind' | 'detail' | 'errors'>,
  traceId: string,
): ProblemDetails {
  return {
    type: problemType(kind.id),
    title: kind.sentence,
    status: kind.status,
    ...(detail === undefined ? {} : { detail }),
    instance: `urn:trace:${traceId}`,
    traceId,
    errors,
  };
}

const retrySoon = { 'Retry-After': '1' };

/** Codes of Fastify and its body readers, which are not exceptions of ours. */
const byCode: Readonly<Record<string, ProblemKind>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: problems.bodyTooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: problems.unsupportedMediaType,
  FST_ERR_CTP_EMPTY_TYPE: problems.unsupportedMediaType,
  FST_ERR_CTP_EMPTY_JSON_BODY: problems.malformedJson,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: problems.incompleteBody,
  FST_ERR_BAD_URL: problems.malformedRequest,
  ECONNRESET: problems.incompleteBody,
};

const byStatus: Readonly<Record<number, ProblemKind>> = {
  400: problems.malformedRequest,
  401: problems.unauthenticated,
  403: problems.forbidden,
  404: problems.notFound,
  405: problems.notFound,
  413: problems.bodyTooLarge,
  414: problems.malformedRequest,
  415: problems.unsupportedMediaType,
  429: problems.quotaExceeded,
  503: problems.draining,
};

const statusOf = (thrown: object): number | undefined =>
  thrown instanceof HttpException
    ? thrown.getStatus()
    : 'statusCode' in thrown && typeof thrown.statusCode === 'number'
      ? thrown.statusCode
      : undefined;

/** What a thrown thing is to the caller. Whatever is not known stays in the log: `internal`. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof RuleViolation) {
    const { rule, pointer, detail } = thrown;
    return new Problem(rule, detail, [{ pointer, detail: detail ?? rule.sentence, rule: rule.id }]);
  }
  if (thrown instanceof StaleRevision) {
    return new Problem(problems.staleRevision, thrown.message, [
      { pointer: 'If-Match', detail: thrown.message, rule: problems.staleRevision.id },
    ]);
  }
  if (thrown instanceof EventTooLarge) return new Problem(problems.eventTooLarge, thrown.message);
  if (thrown instanceof StoreUnavailable || isMongoOutage(thrown)) {
    return new Problem(problems.storeUnavailable, undefined, [], retrySoon);
  }
  if (typeof thrown === 'object' && thrown !== null) {
    const code = 'code' in thrown && typeof thrown.code === 'string' ? byCode[thrown.code] : undefined;
    const kind = code ?? byStatus[statusOf(thrown) ?? 500];
    if (kind !== undefined) return new Problem(kind, undefined, [], kind.status === 503 ? retrySoon : {});
  }
  return new Problem(problems.internal);
}

/** By name, because only libs/projections imports the driver. */
const outages = new Set([
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoPoolClearedError',
  'MongoWriteConcernError',
]);
const isMongoOutage = (thrown: unknown): boolean => outages.has((thrown as Error | undefined)?.name ?? '');

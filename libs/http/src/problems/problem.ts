import type { Rule } from '@app/kernel';

/** A refusal of the service itself, beside the rules of the contexts. */
export interface ProblemKind {
  readonly id: string;
  readonly sentence: string;
  readonly status: number;
}

export interface ProblemEntry {
  /** JSON pointer into the body, `?name` for a query parameter, a header's name, '' for the whole. */
  readonly pointer: string;
  readonly detail: string;
  readonly rule: string;
}

const defineProblems = <const Names extends Record<string, readonly [sentence: string, status: number]>>(
  given: Names,
): { readonly [Name in keyof Names]: ProblemKind } =>
  Object.fromEntries(
    Object.entries(given).map(([name, [sentence, status]]) => [
      name,
      { id: `http/${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, sentence, status },
    ]),
  ) as { readonly [Name in keyof Names]: ProblemKind };

export const problems = defineProblems({
  malformedRequest: ['The request cannot be read.', 400],
  invalidFields: ['Every field is known, present where it is needed, and of the stated form.', 400],
  malformedJson: ['A body is one JSON document in UTF-8, without repeated names.', 400],
  forbiddenName: ['The names __proto__, constructor and prototype are not used in JSON.', 400],
  tooDeep: ['JSON is nested at most 32 levels deep.', 400],
  malformedCursor: ['A cursor is used with the query that it came from.', 400],
  malformedAsOf: ['asOf is a past instant with offset, a revision (12) or a log position (1207-1207).', 400],
  malformedPosition: ['minPosition is a log position as the service gave it.', 400],
  malformedPrecondition: ['If-Match names one ETag as the service gave it.', 400],
  malformedIdempotencyKey: ['Idempotency-Key is 1 to 255 printable characters, quoted or not.', 400],
  headTooLarge: ['The head of a request has at most 16 KiB.', 431],
  requestTimeout: ['A request arrives in time.', 408],
  incompleteBody: ['A body arrives whole: nothing after its last complete line was read.', 400],
  malformedUpload: ['An upload is text in UTF-8, as NDJSON or CSV, plain or as one gzip stream.', 400],
  unauthenticated: ['A valid token says who you are.', 401],
  wrongOperatorSecret: ['Tokens of the local issuer are made with the operator secret of this installation.', 401],
  forbidden: ['Your grants do not open this door.', 403],
  loopbackOnly: ['Tokens of the local issuer are made on the machine itself only.', 403],
  notFound: ['There is nothing at this address.', 404],
  idempotencyKeyInFlight: ['The first request with this Idempotency-Key is still being worked on.', 409],
  notAcceptable: ['The address answers in one of the media types that Accept names.', 406],
  staleRevision: ['The record is still at the revision that If-Match names.', 412],
  bodyTooLarge: ['A body keeps to the size limit.', 413],
  eventTooLarge: ['What one request records has at most 64 KiB; larger evidence is named by its hash.', 413],
  lineTooLong: ['A line of an upload has at most 64 KiB.', 413],
  unsupportedMediaType: ['The content type is one that this address reads.', 415],
  idempotencyKeyReused: ['An Idempotency-Key is used again only with the same request.', 422],
  quotaExceeded: ['Requests stay within the rate limit.', 429],
  internal: ['The service failed; the trace id finds the reason in its log.', 500],
  storeUnavailable: ['The stores accept the request.', 503],
  notYetVisible: ['The read models have reached minPosition.', 503],
  draining: ['The service is not being shut down.', 503],
});

/** Thrown anywhere below a door; the filter turns it into problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly kind: ProblemKind | Rule,
    readonly detail?: string,
    readonly errors: readonly ProblemEntry[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail === undefined ? kind.sentence : `${kind.sentence} ${detail}`);
  }
}

/** Problem at one place of the request. */
export const problemAt = (kind: ProblemKind | Rule, pointer: string, detail: string): Problem =>
  new Problem(kind, detail, [{ pointer, detail, rule: kind.id }]);

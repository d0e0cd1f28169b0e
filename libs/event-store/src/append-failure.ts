import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';

/**
 * What a failed append means: `conflict`, `deleted`, `too-large` and `denied` are answers. `odd` is an answer that does
 * not say whether the events are there, as from a full disk. All else, a new leader and our own time limit included,
 * is no answer at all.
 */
export type AppendFailure = 'conflict' | 'deleted' | 'too-large' | 'denied' | 'odd' | 'unanswered';

export function failureOf(error: unknown): AppendFailure {
  if (error instanceof WrongExpectedVersionError) return 'conflict';
  if (error instanceof StreamDeletedError) return 'deleted';
  if (error instanceof MaxAppendSizeExceededError) return 'too-large';
  if (error instanceof AccessDeniedError) return 'denied';
  return error instanceof UnknownError ? 'odd' : 'unanswered';
}

import { GroupRefusal } from '../engine/persistent-subscriptions/definition.js';
import { GrpcError, Status } from '../transport/status.js';

/** What the client makes its typed errors of. */
function trailers(exception: string, source: string, group: string): Record<string, string> {
  return { exception, 'stream-name': source, ...(group !== '' && { 'group-name': group }) };
}

/** The status of a refusal, in the words of the real server; any other error as it is. */
export function groupRefused(error: unknown): unknown {
  if (!(error instanceof GroupRefusal)) return error;
  const { kind, source, group, message } = error;
  const named = `group ${group} on stream ${source}`;
  switch (kind) {
    case 'exists':
      return new GrpcError(
        Status.ALREADY_EXISTS,
        `Subscription ${named} exists.`,
        trailers('persistent-subscription-exists', source, group),
      );
    case 'does not exist':
      return new GrpcError(
        Status.NOT_FOUND,
        `Subscription ${named} does not exist.`,
        trailers('persistent-subscription-does-not-exist', source, group),
      );
    case 'full':
      return new GrpcError(
        Status.FAILED_PRECONDITION,
        `Maximum subscriptions reached for subscription ${named}.`,
        trailers('maximum-subscribers-reached', source, group),
      );
    case 'failed':
      return new GrpcError(Status.INTERNAL, `Subscription ${named} failed: '${message}'`, {
        ...trailers('persistent-subscription-failed', source, group),
        reason: message,
      });
  }
}

/** What a consumer is told when its group was changed or deleted. */
export const groupDropped = (source: string, group: string): GrpcError =>
  new GrpcError(
    Status.CANCELLED,
    `Subscription group ${group} on stream ${source} was dropped.`,
    trailers('persistent-subscription-dropped', source, group),
  );

export function answeringRefusals(run: () => void): void {
  try {
    run();
  } catch (error) {
    throw groupRefused(error);
  }
}

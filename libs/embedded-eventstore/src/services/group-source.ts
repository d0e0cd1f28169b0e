import type { GroupSource } from '../codec/group-requests.js';
import { ALL } from '../engine/persistent-subscriptions/definition.js';
import { GrpcError, handlerThrew, Status } from '../transport/status.js';

/** The stream's name, or `$all`. An empty name is refused; the real server never answers it. */
export function sourceName(source: GroupSource): string {
  if (source === undefined) throw handlerThrew();
  if (source === 'all') return ALL;
  if (source.stream.length === 0)
    throw new GrpcError(Status.INVALID_ARGUMENT, 'A group of persistent subscriptions needs the name of a stream.');
  return source.stream.toString();
}

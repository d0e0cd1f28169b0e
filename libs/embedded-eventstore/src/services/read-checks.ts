import type { ReadRequest } from '../codec/read-requests.js';
import { GrpcError, handlerThrew, Status } from '../transport/status.js';

/** What one filter may ask: it is compared with every event that is read. */
const MOST_PREFIXES = 1000;
const LONGEST_PREFIXES = 64 * 1024;

const REQUEST = 'EventStore.Client.Streams.ReadReq+Types+Options';
const notValid = (type: string): GrpcError =>
  new GrpcError(Status.INVALID_ARGUMENT, `'None' is not a valid ${REQUEST}+${type}`);

/** Refuses what the real server refuses, in its words. */
export function checkReadRequest(request: ReadRequest): void {
  const { stream, all, filter } = request;
  if (stream === undefined && all === undefined) throw notValid('StreamOptionOneofCase');
  if (request.uuids === undefined) throw handlerThrew();
  if (stream !== undefined && (stream.name === undefined || stream.name.length === 0 || stream.from === undefined))
    throw handlerThrew();
  if (all !== undefined && all.from === undefined) throw handlerThrew();
  const filtered = filter !== undefined && all !== undefined;
  const valid =
    (request.subscription || request.count !== undefined) &&
    (filter !== undefined || request.noFilter) &&
    !(request.subscription && request.backwards) &&
    !(filter !== undefined && stream !== undefined);
  if (!valid) throw new GrpcError(Status.INVALID_ARGUMENT, `The combination of ${combination(request)} is invalid.`);
  if (!filtered) return;
  const length = filter.prefixes.reduce((sum, prefix) => sum + prefix.length, 0);
  if (filter.prefixes.length > MOST_PREFIXES || length > LONGEST_PREFIXES)
    throw new GrpcError(
      Status.INVALID_ARGUMENT,
      `A filter has at most ${MOST_PREFIXES} prefixes of ${LONGEST_PREFIXES} characters together.`,
    );
  if (filter.window === undefined) throw notValid('Types+FilterOptions+WindowOneofCase');
  if (request.subscription && filter.checkpointIntervalMultiplier === 0) throw handlerThrew();
}

function combination(request: ReadRequest): string {
  const target = request.stream === undefined ? 'All' : 'Stream';
  const amount = request.subscription ? 'Subscription' : request.count === undefined ? 'None' : 'Count';
  const filter = request.filter !== undefined ? 'Filter' : request.noFilter ? 'NoFilter' : 'None';
  return `(${target}, ${amount}, ${request.backwards ? 'Backwards' : 'Forwards'}, ${filter})`;
}

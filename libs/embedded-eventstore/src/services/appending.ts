import type { ProposedEvent } from '../codec/append-requests.js';
import type { Engine, NewEvent } from '../engine/engine.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, Status } from '../transport/status.js';

/** The sum of the data of one append; metadata, type and stream name are free, as in EventStoreDB. */
export const MAXIMUM_APPEND_SIZE = 1_048_576;
/** What one call may have sent of appends that it has not finished. */
const MOST_UNFINISHED = 64 * 1024 * 1024;
/** What an event costs in memory besides its bytes, however small it is. */
export const EVENT_OVERHEAD = 500;

export function refuseTooMuch(bytes: number): void {
  if (bytes > MOST_UNFINISHED)
    throw new GrpcError(Status.RESOURCE_EXHAUSTED, `An unfinished append is larger than ${MOST_UNFINISHED} bytes.`);
}

export function newEvent(event: ProposedEvent, id: Buffer, type: Buffer): NewEvent {
  const isJson = event.contentType === 'application/json';
  return { id, type, isJson, metadata: event.customMetadata, data: event.data };
}

export const notValid = (request: string, oneof: string): GrpcError =>
  new GrpcError(
    Status.INVALID_ARGUMENT,
    `'None' is not a valid EventStore.Client.Streams.${request}+Types+Options+${oneof}`,
  );

/** What `answer` throws becomes the call's status. */
export function answerWhenDurable(engine: Engine, call: GrpcCall, until: number, answer: () => Buffer): void {
  engine.answerWhenDurable(until, (error) =>
    call.guard(() => {
      if (error !== undefined) throw error;
      call.send(answer());
      call.end();
    }),
  );
}

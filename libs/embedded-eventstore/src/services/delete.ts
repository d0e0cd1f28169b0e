import { decodeDeleteRequest, type ExpectedRevision } from '../codec/append-requests.js';
import { deleteSucceeded } from '../codec/responses.js';
import type { Engine } from '../engine/engine.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, handlerThrew, Status, streamDeleted } from '../transport/status.js';
import { answerWhenDurable, notValid } from './appending.js';
import type { Caller } from './caller.js';
import { unary } from './unary.js';

/** Streams/Delete and Streams/Tombstone. */
export function deleteStream(engine: Engine, call: GrpcCall, caller: Caller, hard: boolean): void {
  unary(call, (message) => {
    const target = decodeDeleteRequest(message);
    if (target?.stream === undefined || target.stream.length === 0) throw handlerThrew();
    const { expected } = target;
    if (expected === undefined) throw notValid(hard ? 'TombstoneReq' : 'DeleteReq', 'ExpectedStreamRevisionOneofCase');
    const stream = target.stream.toString();
    caller.require('delete', stream);
    const outcome = engine.delete(stream, expected, hard);
    answerWhenDurable(engine, call, outcome.until, () => {
      if (outcome.kind === 'deleted') throw streamDeleted(stream);
      if (outcome.kind === 'wrong-version') throw deletedAnotherVersion(stream, expected, outcome.current);
      return deleteSucceeded(outcome.until);
    });
  });
}

function deletedAnotherVersion(stream: string, expected: ExpectedRevision, current: number): GrpcError {
  return new GrpcError(
    Status.FAILED_PRECONDITION,
    `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${current}`,
    {
      exception: 'wrong-expected-version',
      'stream-name': stream,
      'expected-version': String(expected),
      'actual-version': String(current),
    },
  );
}

import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, handlerThrew, Status } from '../transport/status.js';

/** Runs a unary call: one message in, then the answer. A second message is refused, as gRPC servers do. */
export function unary(call: GrpcCall, answer: (message: Buffer) => void): void {
  let request: Buffer | undefined;
  call.onMessage = (message) => {
    if (request !== undefined) throw new GrpcError(Status.INTERNAL, 'Additional data after the message received.');
    request = message;
  };
  call.onEnd = () => {
    if (request === undefined) throw handlerThrew();
    answer(request);
  };
}

import { Reader } from '../codec/reader.js';
import { frame } from '../codec/responses.js';
import { Writer } from '../codec/writer.js';
import type { Scavenger } from '../engine/scavenger.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, Status } from '../transport/status.js';
import type { Caller } from './caller.js';
import { unary } from './unary.js';

/** event_store.client.operations.ScavengeResp.ScavengeResult */
const STARTED = 0;
const IN_PROGRESS = 1;
const STOPPED = 2;

function answer(call: GrpcCall, id: string, result: number): void {
  call.send(frame(new Writer().string(1, id).varint(2, result).finish()));
  call.end();
}

/** Operations/StartScavenge. Threads and the first chunk, which the request may name, are not for this storage. */
export function startScavenge(scavenger: Scavenger, call: GrpcCall, caller: Caller): void {
  unary(call, () => {
    caller.requireOperator();
    const { current } = scavenger;
    if (current === undefined) answer(call, scavenger.start(), STARTED);
    else answer(call, current, IN_PROGRESS);
  });
}

/** Operations/StopScavenge. */
export function stopScavenge(scavenger: Scavenger, call: GrpcCall, caller: Caller): void {
  unary(call, (message) => {
    caller.requireOperator();
    const id = scavengeId(new Reader(message));
    if (!scavenger.stop(id))
      throw new GrpcError(Status.NOT_FOUND, 'Scavenge id was invalid.', {
        exception: 'scavenge-not-found',
        'scavenge-id': id,
      });
    answer(call, id, STOPPED);
  });
}

/** StopScavengeReq.Options, field 1, holds the id in its field 1. */
function scavengeId(reader: Reader): string {
  let id = '';
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag !== 0x0a) {
      reader.skip(tag);
      continue;
    }
    for (const options = reader.message(); !options.done;) {
      const inner = options.uint32();
      if (inner === 0x0a) id = options.string();
      else options.skip(inner);
    }
  }
  return id;
}

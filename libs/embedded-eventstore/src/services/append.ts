import { decodeAppendRequest, type ExpectedRevision, type ProposedEvent } from '../codec/append-requests.js';
import { appendExpectedAnother, appendSucceeded } from '../codec/responses.js';
import type { Engine, NewEvent } from '../engine/engine.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, handlerThrew, Status, streamDeleted } from '../transport/status.js';
import {
  answerWhenDurable,
  EVENT_OVERHEAD,
  MAXIMUM_APPEND_SIZE,
  newEvent,
  notValid,
  refuseTooMuch,
} from './appending.js';
import type { Caller } from './caller.js';

/** Streams/Append: the options, then one message per event, then one answer. */
export function classicAppend(engine: Engine, call: GrpcCall, caller: Caller): void {
  let target: { stream: string; expected: ExpectedRevision } | undefined;
  const events: NewEvent[] = [];
  let size = 0;
  let received = 0;
  call.onMessage = (message) => {
    const cost = message.length + EVENT_OVERHEAD;
    received += cost;
    refuseTooMuch(received);
    call.claim(cost);
    const request = decodeAppendRequest(message);
    if (request === undefined) return;
    if ('options' in request) {
      const { stream, expected } = request.options;
      if (stream === undefined || stream.length === 0) throw handlerThrew();
      if (expected === undefined) throw notValid('AppendReq', 'ExpectedStreamRevisionOneofCase');
      target = { stream: stream.toString(), expected };
      caller.require('write', target.stream);
      return;
    }
    if (target === undefined) throw handlerThrew();
    events.push(classicEvent(request.event));
    size += request.event.data.length;
    if (size > MAXIMUM_APPEND_SIZE)
      throw new GrpcError(Status.INVALID_ARGUMENT, `Maximum Append Size of ${MAXIMUM_APPEND_SIZE} Exceeded.`, {
        exception: 'maximum-append-size-exceeded',
        'maximum-append-size': String(MAXIMUM_APPEND_SIZE),
      });
  };
  call.onEnd = () => {
    if (target === undefined) throw handlerThrew();
    const { stream, expected } = target;
    const outcome = engine.append(stream, expected, events);
    answerWhenDurable(engine, call, outcome.until, () => {
      if (outcome.kind === 'deleted') throw streamDeleted(stream);
      if (outcome.kind === 'wrong-version') return appendExpectedAnother(expected, outcome.current);
      return appendSucceeded(outcome.written);
    });
  };
}

function classicEvent(event: ProposedEvent): NewEvent {
  for (const [name, value] of Object.entries({ type: event.type, 'content-type': event.contentType }))
    if (value === undefined)
      throw new GrpcError(Status.INVALID_ARGUMENT, `Required Metadata Property '${name}' is missing`, {
        exception: 'missing-required-metadata-property',
        'required-metadata-properties': 'type,content-type',
      });
  const { id, type } = event;
  if (id === undefined || type === undefined || type.length === 0) throw handlerThrew();
  return newEvent(event, id, type);
}

import {
  type BatchAppendRequest,
  decodeAppendRequest,
  decodeBatchAppendRequest,
  decodeDeleteRequest,
  type ExpectedRevision,
  type ProposedEvent,
} from '../codec/append-requests.js';
import {
  appendExpectedAnother,
  appendSucceeded,
  type BatchError,
  batchErrors,
  batchFailed,
  batchSucceeded,
  deleteSucceeded,
} from '../codec/responses.js';
import type { AppendOutcome, Engine, NewEvent } from '../engine/engine.js';
import { StorageFailedError } from '../storage/errors.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, handlerThrew, Status, streamDeleted } from '../transport/status.js';
import type { Caller } from './caller.js';

/** The sum of the data of one append; metadata, type and stream name are free, as in EventStoreDB. */
export const MAXIMUM_APPEND_SIZE = 1_048_576;
/** Above this many bytes of unanswered appends a client is no longer read from. */
const MOST_UNANSWERED = 32 * 1024 * 1024;
const MOST_OPEN_BATCHES = 1000;
/** What one call may have sent of appends that it has not finished. */
const MOST_UNFINISHED = 64 * 1024 * 1024;
/** Above this many bytes of answers that a client has not taken it is no longer read from. */
const MOST_UNSENT = 1024 * 1024;
/** What an event costs in memory besides its bytes, however small it is. */
const EVENT_OVERHEAD = 500;

const notValid = (request: string, oneof: string): GrpcError =>
  new GrpcError(
    Status.INVALID_ARGUMENT,
    `'None' is not a valid EventStore.Client.Streams.${request}+Types+Options+${oneof}`,
  );

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
    if (outcome.kind === 'deleted') throw streamDeleted(stream);
    if (outcome.kind === 'wrong-version') {
      call.send(appendExpectedAnother(expected, outcome.current));
      call.end();
      return;
    }
    answerWhenDurable(engine, call, outcome, () => appendSucceeded(outcome.written));
  };
}

function answerWhenDurable(
  engine: Engine,
  call: GrpcCall,
  outcome: Extract<AppendOutcome, { kind: 'written' }>,
  answer: () => Buffer,
): void {
  engine.log.whenDurable(outcome.until, (error) => {
    if (error !== undefined) {
      call.fail(error);
      return;
    }
    call.send(answer());
    call.end();
  });
}

function refuseTooMuch(bytes: number): void {
  if (bytes > MOST_UNFINISHED)
    throw new GrpcError(Status.RESOURCE_EXHAUSTED, `An unfinished append is larger than ${MOST_UNFINISHED} bytes.`);
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

function newEvent(event: ProposedEvent, id: Buffer, type: Buffer): NewEvent {
  const isJson = event.contentType === 'application/json';
  return { id, type, isJson, metadata: event.customMetadata, data: event.data };
}

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
    if (outcome.kind === 'deleted') throw streamDeleted(stream);
    if (outcome.kind === 'wrong-version') throw deletedAnotherVersion(stream, expected, outcome.current);
    answerWhenDurable(engine, call, outcome, () => deleteSucceeded(outcome.until));
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

type Options = NonNullable<BatchAppendRequest['options']>;

interface OpenBatch {
  options: Options | undefined;
  events: ProposedEvent[];
  size: number;
}

/** Streams/BatchAppend: one long call that carries many appends, each with its correlation id. */
export class BatchAppendCall {
  private readonly open = new Map<string, OpenBatch>();
  private unanswered = 0;
  private unfinished = 0;
  private ended = false;
  private isPaused = false;

  constructor(
    private readonly engine: Engine,
    private readonly call: GrpcCall,
    private readonly caller: Caller,
  ) {
    call.onMessage = (message) => this.receive(decodeBatchAppendRequest(message), message.length);
    call.onEnd = () => this.endWhenAnswered();
  }

  private endWhenAnswered(): void {
    this.ended = true;
    if (this.unanswered === 0) this.call.end();
  }

  private receive(request: BatchAppendRequest, bytes: number): void {
    if (request.isFinal && this.open.size === 0) {
      this.append(request, request.options, request.events, bytes);
      return;
    }
    const key = request.correlationId.toString('latin1');
    const batch = this.open.get(key) ?? { options: undefined, events: [], size: 0 };
    batch.options ??= request.options;
    const cost = bytes + request.events.length * EVENT_OVERHEAD;
    batch.size += cost;
    this.unfinished += cost;
    refuseTooMuch(this.unfinished);
    this.call.claim(cost);
    for (const event of request.events) batch.events.push(event);
    if (request.isFinal) {
      this.open.delete(key);
      this.unfinished -= batch.size;
      this.call.claim(-batch.size);
      this.append(request, batch.options, batch.events, batch.size);
      return;
    }
    if (this.open.size >= MOST_OPEN_BATCHES && !this.open.has(key))
      throw new GrpcError(
        Status.RESOURCE_EXHAUSTED,
        `More than ${MOST_OPEN_BATCHES} appends are begun and not finished.`,
      );
    this.open.set(key, batch);
  }

  private append(
    request: BatchAppendRequest,
    options: Options | undefined,
    proposed: ProposedEvent[],
    bytes: number,
  ): void {
    const { correlationId } = request;
    const stream = options?.stream;
    this.keepPace();
    const refuse = (error: BatchError): void => this.call.sendSoon(batchFailed(correlationId, stream, error));
    if (correlationId.length === 0) {
      refuse(batchErrors.badRequest("Value cannot be null. (Parameter 'dto')"));
      return;
    }
    if (options === undefined || stream === undefined || stream.length === 0) {
      refuse(batchErrors.badRequest('Object reference not set to an instance of an object.'));
      return;
    }
    const { expected } = options;
    if (expected === undefined) {
      const { message } = notValid('BatchAppendReq', 'ExpectedStreamPositionOneofCase');
      refuse(batchErrors.badRequest(`Status(StatusCode="InvalidArgument", Detail="${message}")`));
      return;
    }
    const name = stream.toString();
    if (!this.caller.may('write', name)) {
      refuse(batchErrors.accessDenied());
      return;
    }
    const events = batchEvents(proposed);
    if (!Array.isArray(events)) {
      refuse(events);
      return;
    }
    if (options.deadline !== undefined && options.deadline < Date.now()) {
      refuse(batchErrors.timeout());
      return;
    }
    const outcome = this.engine.append(name, expected, events);
    if (outcome.kind === 'deleted') refuse(batchErrors.streamDeleted(stream));
    else if (outcome.kind === 'wrong-version') refuse(batchErrors.wrongExpectedVersion(expected, outcome.current));
    else this.answerWhenDurable(correlationId, stream, outcome, bytes + events.length * EVENT_OVERHEAD);
  }

  private answerWhenDurable(
    correlationId: Buffer,
    stream: Buffer,
    outcome: Extract<AppendOutcome, { kind: 'written' }>,
    cost: number,
  ): void {
    this.unanswered += cost;
    this.keepPace();
    this.engine.log.whenDurable(outcome.until, (error) => {
      this.unanswered -= cost;
      if (error instanceof StorageFailedError) this.call.fail(error);
      else if (error !== undefined) this.call.sendSoon(batchFailed(correlationId, stream, batchErrors.unknown()));
      else this.call.sendSoon(batchSucceeded(correlationId, stream, outcome.written));
      this.keepPace();
      if (this.ended && this.unanswered === 0) this.call.end();
    });
  }

  /** A client that sends faster than the disk writes, or that does not take its answers, is not read from. */
  private keepPace(): void {
    const hasUnsent = this.call.unsentBytes > MOST_UNSENT;
    const mustPause = hasUnsent || this.unanswered > MOST_UNANSWERED;
    if (mustPause === this.isPaused) return;
    this.isPaused = mustPause;
    if (!mustPause) this.call.resume();
    else this.call.pause();
    if (hasUnsent) void this.call.drained().then(() => this.keepPace());
  }
}

function batchEvents(proposed: ProposedEvent[]): NewEvent[] | BatchError {
  const events: NewEvent[] = [];
  let size = 0;
  for (const event of proposed) {
    const { id, type } = event;
    if (id === undefined) return batchErrors.badRequest(event.fault ?? '');
    if (type === undefined || event.contentType === undefined)
      return batchErrors.badRequest('The given key was not present in the dictionary.');
    if (type.length === 0) return batchErrors.badRequest("Empty eventType provided. (Parameter 'eventType')");
    size += event.data.length;
    if (size > MAXIMUM_APPEND_SIZE) return batchErrors.maximumAppendSizeExceeded(MAXIMUM_APPEND_SIZE);
    events.push(newEvent(event, id, type));
  }
  return events;
}

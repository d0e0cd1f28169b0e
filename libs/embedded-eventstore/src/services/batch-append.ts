import { type BatchAppendRequest, decodeBatchAppendRequest, type ProposedEvent } from '../codec/append-requests.js';
import { type BatchError, batchErrors, batchFailed, batchSucceeded } from '../codec/responses.js';
import { CommitTimeoutError } from '../engine/commit-timeouts.js';
import type { Engine, NewEvent } from '../engine/engine.js';
import { StorageFailedError } from '../storage/errors.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, Status } from '../transport/status.js';
import { EVENT_OVERHEAD, MAXIMUM_APPEND_SIZE, newEvent, notValid, refuseTooMuch } from './appending.js';
import type { Caller } from './caller.js';

/** Above this many bytes of unanswered appends a client is no longer read from. */
const MOST_UNANSWERED = 32 * 1024 * 1024;
const MOST_OPEN_BATCHES = 1000;
/** Above this many bytes of answers that a client has not taken it is no longer read from. */
const MOST_UNSENT = 1024 * 1024;

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
    this.answerWhenDurable(outcome.until, bytes + events.length * EVENT_OVERHEAD, (error) => {
      if (error instanceof CommitTimeoutError) return batchFailed(correlationId, stream, batchErrors.timeout());
      if (error !== undefined) return batchFailed(correlationId, stream, batchErrors.unknown());
      if (outcome.kind === 'written') return batchSucceeded(correlationId, stream, outcome.written);
      if (outcome.kind === 'deleted') return batchFailed(correlationId, stream, batchErrors.streamDeleted(stream));
      const wrongVersion = batchErrors.wrongExpectedVersion(expected, outcome.current);
      return batchFailed(correlationId, stream, wrongVersion);
    });
  }

  private answerWhenDurable(until: number, cost: number, answer: (error?: Error) => Buffer): void {
    this.unanswered += cost;
    this.keepPace();
    this.engine.answerWhenDurable(until, (error) => {
      this.unanswered -= cost;
      if (error instanceof StorageFailedError) this.call.fail(error);
      else this.call.sendSoon(answer(error));
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

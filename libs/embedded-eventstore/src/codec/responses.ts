import { ANY, type ExpectedRevision, NO_STREAM, STREAM_EXISTS } from './append-requests.js';
import { varintSize, Writer, writeVarint } from './writer.js';

const NAME = 'event_store.client';

/** Puts the 5 bytes of gRPC prefix before a message. */
export function frame(message: Buffer): Buffer {
  const framed = Buffer.allocUnsafe(5 + message.length);
  framed[0] = 0;
  framed.writeUInt32BE(message.length, 1);
  framed.set(message, 5);
  return framed;
}

export interface Written {
  /** Undefined when the stream has no event yet, as after an append without events. */
  revision: number | undefined;
  /** Undefined when a repeated append's events are no longer readable. */
  position: number | undefined;
}

function positionMessage(position: number): (writer: Writer) => void {
  return (writer) => void writer.varint(1, position).varint(2, position);
}

function success(writer: Writer, written: Written): void {
  if (written.revision === undefined) writer.empty(2);
  else writer.varint(1, written.revision);
  if (written.position === undefined) writer.empty(4);
  else writer.message(3, positionMessage(written.position));
}

export function appendSucceeded(written: Written): Buffer {
  return frame(new Writer().message(1, (inner) => success(inner, written)).finish());
}

/** AppendResp.WrongExpectedVersion; the first five fields are for clients of 20.6. */
export function appendExpectedAnother(expected: ExpectedRevision, current: number): Buffer {
  const build = (writer: Writer): void => {
    if (current < 0) writer.empty(2);
    else writer.varint(1, current);
    if (expected === ANY) writer.empty(4);
    else if (expected === STREAM_EXISTS) writer.empty(5);
    else writer.varint(3, expected);
    if (current < 0) writer.empty(7);
    else writer.varint(6, current);
    if (expected === ANY) writer.empty(9);
    else if (expected === STREAM_EXISTS) writer.empty(10);
    else if (expected === NO_STREAM) writer.empty(11);
    else writer.varint(8, expected);
  };
  return frame(new Writer().message(2, build).finish());
}

/** DeleteResp and TombstoneResp. */
export function deleteSucceeded(position: number): Buffer {
  return frame(new Writer().message(1, positionMessage(position)).finish());
}

/** BatchAppendResp.success, hand-written because it is answered for every append. */
export function batchSucceeded(correlationId: Buffer, stream: Buffer, written: Written): Buffer {
  const { revision, position } = written;
  if (revision === undefined || position === undefined) {
    const message = new Writer().bytes(1, correlationId).message(3, (inner) => success(inner, written));
    return frame(message.message(4, (inner) => inner.bytes(3, stream)).finish());
  }
  const positionLength = 2 * (1 + varintSize(position));
  const successLength = 1 + varintSize(revision) + 2 + positionLength;
  const streamLength = 1 + varintSize(stream.length) + stream.length;
  const length =
    1 +
    varintSize(correlationId.length) +
    correlationId.length +
    2 +
    successLength +
    1 +
    varintSize(streamLength) +
    streamLength;
  const buf = Buffer.allocUnsafe(5 + length);
  buf[0] = 0;
  buf.writeUInt32BE(length, 1);
  buf[5] = 0x0a;
  let at = writeVarint(buf, 6, correlationId.length);
  buf.set(correlationId, at);
  at += correlationId.length;
  buf[at] = 0x1a;
  buf[at + 1] = successLength;
  buf[at + 2] = 0x08;
  at = writeVarint(buf, at + 3, revision);
  buf[at] = 0x1a;
  buf[at + 1] = positionLength;
  buf[at + 2] = 0x08;
  at = writeVarint(buf, at + 3, position);
  buf[at] = 0x10;
  at = writeVarint(buf, at + 1, position);
  buf[at] = 0x22;
  at = writeVarint(buf, at + 1, streamLength);
  buf[at] = 0x1a;
  at = writeVarint(buf, at + 1, stream.length);
  buf.set(stream, at);
  return buf;
}

export interface BatchError {
  code: number;
  type: string;
  details: Buffer;
}

export function batchFailed(correlationId: Buffer, stream: Buffer | undefined, error: BatchError): Buffer {
  const message = new Writer();
  if (correlationId.length > 0) message.bytes(1, correlationId);
  message.message(2, (status) => {
    status.varint(1, error.code).string(2, error.type);
    status.message(3, (any) => any.string(1, `type.googleapis.com/${NAME}.${error.type}`).bytes(2, error.details));
  });
  if (stream !== undefined) message.message(4, (inner) => inner.bytes(3, stream));
  return frame(message.finish());
}

export const batchErrors = {
  wrongExpectedVersion(expected: ExpectedRevision, current: number): BatchError {
    const details = new Writer();
    if (current < 0) details.empty(2);
    else details.varint(1, current);
    if (expected === ANY) details.empty(4);
    else if (expected === STREAM_EXISTS) details.empty(5);
    else if (expected === NO_STREAM) details.empty(6);
    else details.varint(3, expected);
    return { code: 6, type: 'WrongExpectedVersion', details: details.finish() };
  },
  streamDeleted(stream: Buffer): BatchError {
    const details = new Writer().message(1, (inner) => inner.bytes(3, stream)).finish();
    return { code: 5, type: 'StreamDeleted', details };
  },
  accessDenied(): BatchError {
    return { code: 7, type: 'AccessDenied', details: Buffer.alloc(0) };
  },
  timeout(): BatchError {
    return { code: 4, type: 'Timeout', details: Buffer.alloc(0) };
  },
  maximumAppendSizeExceeded(size: number): BatchError {
    return { code: 3, type: 'MaximumAppendSizeExceeded', details: new Writer().varint(1, size).finish() };
  },
  badRequest(message: string): BatchError {
    return { code: 3, type: 'BadRequest', details: new Writer().string(1, message).finish() };
  },
  unknown(): BatchError {
    return { code: 2, type: 'Unknown', details: Buffer.alloc(0) };
  },
};

export const readResponses = {
  confirmation: (id: string): Buffer => frame(new Writer().message(2, (inner) => inner.string(1, id)).finish()),
  checkpoint: (commit: number, prepare: number): Buffer =>
    frame(new Writer().message(3, (inner) => inner.varint(1, commit).varint(2, prepare)).finish()),
  streamNotFound: (stream: Buffer): Buffer =>
    frame(new Writer().message(4, (inner) => inner.message(1, (id) => id.bytes(3, stream))).finish()),
  firstStreamPosition: (revision: number): Buffer => frame(new Writer().varint(5, revision).finish()),
  lastStreamPosition: (revision: number): Buffer => frame(new Writer().varint(6, revision).finish()),
  caughtUp: (): Buffer => frame(new Writer().empty(8).finish()),
};

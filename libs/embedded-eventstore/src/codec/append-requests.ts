import { Reader } from './reader.js';
import { InvalidIdError, readUuid } from './uuid.js';

export const ANY = -2;
export const NO_STREAM = -1;
export const STREAM_EXISTS = -4;
/** A revision, or one of the three names above. Revisions that a number cannot hold exactly are bigints. */
export type ExpectedRevision = number | bigint;

export interface ProposedEvent {
  /** Undefined when the request's id was missing or unreadable; `fault` then says why. */
  id: Buffer | undefined;
  fault: string | undefined;
  type: Buffer | undefined;
  contentType: string | undefined;
  data: Buffer;
  customMetadata: Buffer;
}

export interface StreamTarget {
  stream: Buffer | undefined;
  expected: ExpectedRevision | undefined;
}

export interface BatchAppendRequest {
  correlationId: Buffer;
  options: (StreamTarget & { deadline: number | undefined }) | undefined;
  events: ProposedEvent[];
  isFinal: boolean;
}

const NOTHING = Buffer.alloc(0);
const JSON_TYPE = Buffer.from('application/json');

/** event_store.client.StreamIdentifier: the name is field 3. */
export function readStreamIdentifier(reader: Reader): Buffer {
  let name: Buffer = NOTHING;
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x1a) name = reader.bytes();
    else reader.skip(tag);
  }
  return name;
}

export function readProposedEvent(reader: Reader): ProposedEvent {
  const event: ProposedEvent = {
    id: undefined,
    fault: "Value cannot be null. (Parameter 'dto')",
    type: undefined,
    contentType: undefined,
    data: NOTHING,
    customMetadata: NOTHING,
  };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) readEventId(reader.message(), event);
    else if (tag === 0x12) readMetadataEntry(reader.message(), event);
    else if (tag === 0x1a) event.customMetadata = reader.bytes();
    else if (tag === 0x22) event.data = reader.bytes();
    else reader.skip(tag);
  }
  return event;
}

function readEventId(reader: Reader, event: ProposedEvent): void {
  try {
    event.id = readUuid(reader);
    event.fault = undefined;
  } catch (error) {
    if (!(error instanceof InvalidIdError)) throw error;
    event.fault = error.message;
  }
}

function readMetadataEntry(reader: Reader, event: ProposedEvent): void {
  let key = '';
  let value: Buffer = NOTHING;
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) key = reader.string();
    else if (tag === 0x12) value = reader.bytes();
    else reader.skip(tag);
  }
  if (key === 'type') event.type = value;
  else if (key === 'content-type') event.contentType = value.equals(JSON_TYPE) ? 'application/json' : value.toString();
}

/** AppendReq, DeleteReq and TombstoneReq share the numbers of their options; batch appends swap two of them. */
function readTarget(reader: Reader, batch: boolean): StreamTarget & { deadline: number | undefined } {
  const target: StreamTarget & { deadline: number | undefined } = {
    stream: undefined,
    expected: undefined,
    deadline: undefined,
  };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) target.stream = readStreamIdentifier(reader.message());
    else if (tag === 0x10) target.expected = reader.uint64();
    else if (tag === 0x1a || tag === 0x22 || tag === 0x2a) {
      reader.bytes();
      target.expected = tag === 0x1a ? NO_STREAM : tag === 0x22 ? ANY : STREAM_EXISTS;
    } else if (batch && tag === 0x32) target.deadline = readSeconds(reader.message());
    else if (batch && tag === 0x3a) target.deadline = Date.now() + readSeconds(reader.message());
    else reader.skip(tag);
  }
  return target;
}

/** google.protobuf.Timestamp and Duration, in milliseconds. */
function readSeconds(reader: Reader): number {
  let milliseconds = 0;
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x08) milliseconds += Number(BigInt.asIntN(64, BigInt(reader.uint64()))) * 1000;
    else if (tag === 0x10) milliseconds += Number(BigInt.asIntN(32, BigInt(reader.uint64()))) / 1e6;
    else reader.skip(tag);
  }
  return milliseconds;
}

export type AppendRequest = { options: StreamTarget } | { event: ProposedEvent };

export function decodeAppendRequest(message: Buffer): AppendRequest | undefined {
  const reader = new Reader(message);
  let request: AppendRequest | undefined;
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) request = { options: readTarget(reader.message(), false) };
    else if (tag === 0x12) request = { event: readProposedEvent(reader.message()) };
    else reader.skip(tag);
  }
  return request;
}

export function decodeBatchAppendRequest(message: Buffer): BatchAppendRequest {
  const reader = new Reader(message);
  const request: BatchAppendRequest = { correlationId: NOTHING, options: undefined, events: [], isFinal: false };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) request.correlationId = reader.bytes();
    else if (tag === 0x12) request.options = readTarget(reader.message(), true);
    else if (tag === 0x1a) request.events.push(readProposedEvent(reader.message()));
    else if (tag === 0x20) request.isFinal = reader.bool();
    else reader.skip(tag);
  }
  return request;
}

/** DeleteReq and TombstoneReq. */
export function decodeDeleteRequest(message: Buffer): StreamTarget | undefined {
  const reader = new Reader(message);
  let target: StreamTarget | undefined;
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) target = readTarget(reader.message(), false);
    else reader.skip(tag);
  }
  return target;
}

import { readStreamIdentifier } from './append-requests.js';
import { type FilterOptions, type LogPosition, readFilter, readPosition } from './read-requests.js';
import { Reader } from './reader.js';

/** Which events a group is made of: those of a stream, or of `$all`. Undefined when the request names neither. */
export type GroupSource = { stream: Buffer } | 'all' | undefined;
export type StartFrom = number | bigint | LogPosition | 'start' | 'end' | undefined;

/** The settings of a group as they are sent; times are milliseconds, 0 when none was sent. */
export interface GroupSettings {
  resolveLinks: boolean;
  extraStatistics: boolean;
  messageTimeout: number;
  maxRetryCount: number;
  checkpointAfter: number;
  minCheckpointCount: number;
  maxCheckpointCount: number;
  maxSubscriberCount: number;
  liveBufferSize: number;
  readBatchSize: number;
  historyBufferSize: number;
  strategy: string;
}

export interface ChangeRequest {
  source: GroupSource;
  group: string;
  startFrom: StartFrom;
  filter: FilterOptions | undefined;
  /** Undefined when the request brought none, which the real server does not survive. */
  settings: GroupSettings | undefined;
}

export interface GroupRequest {
  source: GroupSource;
  group: string;
}

export interface ReplayRequest extends GroupRequest {
  /** The number of the parked event before which the replay ends; undefined when the request does not say. */
  stopAt: number | 'no limit' | undefined;
}

const STRATEGIES = ['DispatchToSingle', 'RoundRobin', 'Pinned'];
const TICKS_PER_MS = 10_000;

/** Calls back for every field of the message's only field, `options`. */
function eachOption(message: Buffer, visit: (tag: number, reader: Reader) => void): void {
  const reader = new Reader(message);
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) eachField(reader.message(), visit);
    else reader.skip(tag);
  }
}

function eachField(reader: Reader, visit: (tag: number, reader: Reader) => void): void {
  while (!reader.done) {
    const tag = reader.uint32();
    visit(tag, reader);
  }
}

/** CreateReq and UpdateReq, whose fields have the same numbers; an update brings no filter. */
export function decodeChangeRequest(message: Buffer): ChangeRequest {
  const request: ChangeRequest = {
    source: undefined,
    group: '',
    startFrom: undefined,
    filter: undefined,
    settings: undefined,
  };
  let oldStream: Buffer | undefined;
  let oldRevision: number | bigint = 0;
  eachOption(message, (tag, reader) => {
    if (tag === 0x0a) oldStream = readStreamIdentifier(reader.message());
    else if (tag === 0x12) request.group = reader.string();
    else if (tag === 0x1a) {
      const { settings, revision } = readSettings(reader.message());
      request.settings = settings;
      oldRevision = revision;
    } else if (tag === 0x22) readStreamOptions(reader.message(), request);
    else if (tag === 0x2a) readAllOptions(reader.message(), request);
    else reader.skip(tag);
  });
  // Clients of 20.6 name the stream and the revision in fields of their own.
  if (request.source === undefined && oldStream !== undefined)
    Object.assign(request, { source: { stream: oldStream }, startFrom: oldRevision });
  return request;
}

function readStreamOptions(reader: Reader, request: ChangeRequest): void {
  let stream: Buffer = Buffer.alloc(0);
  eachField(reader, (tag, field) => {
    if (tag === 0x0a) stream = readStreamIdentifier(field.message());
    else if (tag === 0x10) request.startFrom = field.uint64();
    else {
      if (tag === 0x1a) request.startFrom = 'start';
      else if (tag === 0x22) request.startFrom = 'end';
      field.skip(tag);
    }
  });
  request.source = { stream };
}

function readAllOptions(reader: Reader, request: ChangeRequest): void {
  request.source = 'all';
  eachField(reader, (tag, field) => {
    if (tag === 0x0a) request.startFrom = readPosition(field.message());
    else if (tag === 0x22) request.filter = readFilter(field.message());
    else {
      if (tag === 0x12) request.startFrom = 'start';
      else if (tag === 0x1a) request.startFrom = 'end';
      field.skip(tag);
    }
  });
}

function readSettings(reader: Reader): { settings: GroupSettings; revision: number | bigint } {
  const numbers = new Map<number, number>();
  let strategy = '';
  let revision: number | bigint = 0;
  eachField(reader, (tag, field) => {
    if (tag === 0x10) revision = field.uint64();
    else if (tag === 0x82) strategy = field.string();
    else if ((tag & 7) === 0) numbers.set(tag >> 3, int32(field.uint64()));
    else field.skip(tag);
  });
  const of = (field: number): number => numbers.get(field) ?? 0;
  const milliseconds = (field: number, ticks: number): number =>
    numbers.get(field) ?? Math.trunc(of(ticks) / TICKS_PER_MS);
  const settings: GroupSettings = {
    resolveLinks: of(1) !== 0,
    extraStatistics: of(3) !== 0,
    maxRetryCount: of(5),
    minCheckpointCount: of(7),
    maxCheckpointCount: of(8),
    maxSubscriberCount: of(9),
    liveBufferSize: of(10),
    readBatchSize: of(11),
    historyBufferSize: of(12),
    strategy: strategy === '' ? (STRATEGIES[of(13)] ?? String(of(13))) : strategy,
    messageTimeout: milliseconds(14, 4),
    checkpointAfter: milliseconds(15, 6),
  };
  return { settings, revision };
}

/** A varint of a signed field; negative ones are sent as 64 bits. */
function int32(value: number | bigint): number {
  return typeof value === 'number' ? value : Number(BigInt.asIntN(64, value));
}

/** DeleteReq. */
export const decodeDeleteGroupRequest = (message: Buffer): GroupRequest => groupRequest(message, [0x0a, 0x1a, 0x12]);
/** GetInfoReq. */
export const decodeInfoRequest = (message: Buffer): GroupRequest => groupRequest(message, [0x0a, 0x12, 0x1a]);

function groupRequest(message: Buffer, [stream, all, group]: [number, number, number]): GroupRequest {
  const request: GroupRequest = { source: undefined, group: '' };
  eachOption(message, (tag, reader) => {
    if (tag === stream) request.source = { stream: readStreamIdentifier(reader.message()) };
    else if (tag === group) request.group = reader.string();
    else {
      if (tag === all) request.source = 'all';
      reader.skip(tag);
    }
  });
  return request;
}

export function decodeReplayRequest(message: Buffer): ReplayRequest {
  const request: ReplayRequest = { source: undefined, group: '', stopAt: undefined };
  eachOption(message, (tag, reader) => {
    if (tag === 0x0a) request.group = reader.string();
    else if (tag === 0x12) request.source = { stream: readStreamIdentifier(reader.message()) };
    else if (tag === 0x20) request.stopAt = int32(reader.uint64());
    else {
      if (tag === 0x1a) request.source = 'all';
      else if (tag === 0x2a) request.stopAt = 'no limit';
      reader.skip(tag);
    }
  });
  return request;
}

/** ListReq: every group, or those of one source. */
export function decodeListRequest(message: Buffer): 'every group' | GroupSource {
  let wanted: 'every group' | GroupSource;
  eachOption(message, (tag, reader) => {
    if (tag === 0x0a) wanted = 'every group';
    if (tag !== 0x12) {
      reader.skip(tag);
      return;
    }
    eachField(reader.message(), (inner, field) => {
      if (inner === 0x0a) wanted = { stream: readStreamIdentifier(field.message()) };
      else {
        if (inner === 0x12) wanted = 'all';
        field.skip(inner);
      }
    });
  });
  return wanted;
}

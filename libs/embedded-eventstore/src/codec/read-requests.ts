import { readStreamIdentifier } from './append-requests.js';
import { Reader } from './reader.js';

export interface LogPosition {
  commit: number | bigint;
  prepare: number | bigint;
}

export interface FilterOptions {
  on: 'stream' | 'type' | undefined;
  regex: string | undefined;
  prefixes: string[];
  window: { max: number } | 'count' | undefined;
  checkpointIntervalMultiplier: number;
}

export interface ReadRequest {
  stream: { name: Buffer | undefined; from: number | bigint | 'start' | 'end' | undefined } | undefined;
  all: { from: LogPosition | 'start' | 'end' | undefined } | undefined;
  backwards: boolean;
  resolveLinks: boolean;
  count: number | bigint | undefined;
  subscription: boolean;
  filter: FilterOptions | undefined;
  noFilter: boolean;
  uuids: 'structured' | 'string' | undefined;
  compatibility: number;
}

export function decodeReadRequest(message: Buffer): ReadRequest {
  const request: ReadRequest = {
    stream: undefined,
    all: undefined,
    backwards: false,
    resolveLinks: false,
    count: undefined,
    subscription: false,
    filter: undefined,
    noFilter: false,
    uuids: undefined,
    compatibility: 0,
  };
  const reader = new Reader(message);
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) readOptions(reader.message(), request);
    else reader.skip(tag);
  }
  return request;
}

function readOptions(reader: Reader, request: ReadRequest): void {
  while (!reader.done) {
    const tag = reader.uint32();
    switch (tag) {
      case 0x0a:
        request.stream = readStreamOptions(reader.message());
        break;
      case 0x12:
        request.all = readAllOptions(reader.message());
        break;
      case 0x18:
        request.backwards = reader.uint64() === 1;
        break;
      case 0x20:
        request.resolveLinks = reader.bool();
        break;
      case 0x28:
        request.count = reader.uint64();
        break;
      case 0x32:
        reader.bytes();
        request.subscription = true;
        break;
      case 0x3a:
        request.filter = readFilter(reader.message());
        break;
      case 0x42:
        reader.bytes();
        request.noFilter = true;
        break;
      case 0x4a:
        request.uuids = readUuidOption(reader.message());
        break;
      case 0x52:
        request.compatibility = readCompatibility(reader.message());
        break;
      default:
        reader.skip(tag);
    }
  }
}

function readStreamOptions(reader: Reader): NonNullable<ReadRequest['stream']> {
  const options: NonNullable<ReadRequest['stream']> = { name: undefined, from: undefined };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) options.name = readStreamIdentifier(reader.message());
    else if (tag === 0x10) options.from = reader.uint64();
    else if (tag === 0x1a || tag === 0x22) {
      reader.bytes();
      options.from = tag === 0x1a ? 'start' : 'end';
    } else reader.skip(tag);
  }
  return options;
}

function readAllOptions(reader: Reader): NonNullable<ReadRequest['all']> {
  const options: NonNullable<ReadRequest['all']> = { from: undefined };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) options.from = readPosition(reader.message());
    else if (tag === 0x12 || tag === 0x1a) {
      reader.bytes();
      options.from = tag === 0x12 ? 'start' : 'end';
    } else reader.skip(tag);
  }
  return options;
}

export function readPosition(reader: Reader): LogPosition {
  const position: LogPosition = { commit: 0, prepare: 0 };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x08) position.commit = reader.uint64();
    else if (tag === 0x10) position.prepare = reader.uint64();
    else reader.skip(tag);
  }
  return position;
}

export function readFilter(reader: Reader): FilterOptions {
  const filter: FilterOptions = {
    on: undefined,
    regex: undefined,
    prefixes: [],
    window: undefined,
    checkpointIntervalMultiplier: 0,
  };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a || tag === 0x12) {
      filter.on = tag === 0x0a ? 'stream' : 'type';
      readExpression(reader.message(), filter);
    } else if (tag === 0x18) filter.window = { max: reader.uint32() };
    else if (tag === 0x22) {
      reader.bytes();
      filter.window = 'count';
    } else if (tag === 0x28) filter.checkpointIntervalMultiplier = reader.uint32();
    else reader.skip(tag);
  }
  return filter;
}

function readExpression(reader: Reader, filter: FilterOptions): void {
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) filter.regex = reader.string();
    else if (tag === 0x12) filter.prefixes.push(reader.string());
    else reader.skip(tag);
  }
}

function readUuidOption(reader: Reader): ReadRequest['uuids'] {
  let form: ReadRequest['uuids'];
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) form = 'structured';
    else if (tag === 0x12) form = 'string';
    reader.skip(tag);
  }
  return form;
}

function readCompatibility(reader: Reader): number {
  let compatibility = 0;
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x08) compatibility = reader.uint32();
    else reader.skip(tag);
  }
  return compatibility;
}

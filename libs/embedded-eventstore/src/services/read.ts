import { PatternError } from '@app/embedded-host';
import { eventResponse, linkResponse } from '../codec/read-event.js';
import { type LogPosition, decodeReadRequest, type ReadRequest } from '../codec/read-requests.js';
import { recordCreatedMs } from '../codec/recorded-event.js';
import { readResponses } from '../codec/responses.js';
import type { Engine } from '../engine/engine.js';
import { compileFilter, type Filter } from '../engine/filter.js';
import { linkTarget, resolveLink } from '../engine/links.js';
import { ALL_STREAM } from '../engine/permissions.js';
import { hasAged, type StreamState } from '../engine/stream-state.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, handlerThrew, Status, streamDeleted } from '../transport/status.js';
import type { Caller } from './caller.js';
import { checkReadRequest } from './read-checks.js';
import type { Render, View } from './render.js';
import { standingPermission } from './standing-permission.js';
import { subscribeToAll } from './subscribe-all.js';
import { subscribeToStream } from './subscribe-stream.js';
import { unary } from './unary.js';

/** The largest position, 2^64 - 1, stands for the end. */
const END = 18446744073709551615n;
/** The real server reads streams in pages of this many revisions, which shows in one answer of its newer protocol. */
const PAGE_OF_REVISIONS = 32;
const MOST_FRAMES = 500;

const failed = (result: string): GrpcError => new GrpcError(Status.UNKNOWN, `Unexpected ${result}`);

export function read(engine: Engine, call: GrpcCall, caller: Caller): void {
  unary(call, (message) => {
    const request = decodeReadRequest(message);
    checkReadRequest(request);
    const source = request.stream?.name?.toString() ?? ALL_STREAM;
    caller.require('read', source);
    const filter = request.filter === undefined ? undefined : filterOf(request.filter);
    const render = renderer(engine, request, caller);
    if (request.subscription)
      subscribe(engine, call, request, filter, { render, mayRead: standingPermission(engine, caller, source) });
    else if (request.stream !== undefined) void run(call, readStream(engine, call, request, request.stream, render));
    else void run(call, readAll(engine, call, request, filter, render));
  });
}

function filterOf(options: NonNullable<ReadRequest['filter']>): Filter {
  try {
    return compileFilter(options);
  } catch (error) {
    throw error instanceof PatternError ? new GrpcError(Status.INVALID_ARGUMENT, error.message) : handlerThrew();
  }
}

function renderer(engine: Engine, request: ReadRequest, caller: Caller): Render {
  const shape = { structuredIds: request.uuids === 'structured' };
  if (!request.resolveLinks) return (record, position) => eventResponse(record, position, shape);
  return (record, position) => {
    const target = linkTarget(record);
    if (target === undefined) return eventResponse(record, position, shape);
    // Else whoever may write a link anywhere could read everything.
    const event = caller.may('read', target.stream) ? resolveLink(engine, target) : undefined;
    return linkResponse(record, event, position, shape);
  };
}

async function run(call: GrpcCall, work: Promise<void>): Promise<void> {
  try {
    await work;
    call.end();
  } catch (error) {
    call.fail(error);
  }
}

function subscribe(engine: Engine, call: GrpcCall, request: ReadRequest, filter: Filter | undefined, view: View): void {
  if (request.stream !== undefined) {
    const name = request.stream.name?.toString() ?? '';
    subscribeToStream(engine, call, name, request.stream.from ?? 'start', view);
    return;
  }
  const window = request.filter?.window;
  const searchWindow = window === undefined || window === 'count' ? 32 : window.max;
  const interval = searchWindow * (request.filter?.checkpointIntervalMultiplier ?? 1);
  const filtering = filter === undefined ? undefined : { matches: filter, searchWindow, interval };
  subscribeToAll(engine, call, startOf(engine, request.all?.from), filtering, view);
}

/** Where a subscription to $all starts, exclusive; undefined for the very beginning. */
function startOf(engine: Engine, from: LogPosition | 'start' | 'end' | undefined): number | undefined {
  if (from === 'start' || from === undefined) return undefined;
  const { events } = engine.log;
  if (from === 'end' || from.commit === END) return events.length === 0 ? undefined : events.at(events.length - 1);
  return Number(from.commit);
}

async function readStream(
  engine: Engine,
  call: GrpcCall,
  request: ReadRequest,
  target: NonNullable<ReadRequest['stream']>,
  render: Render,
): Promise<void> {
  const name = target.name ?? Buffer.alloc(0);
  const stream = engine.streams.find(name.toString());
  const count = Number(request.count);
  if (count === 0 || (target.from === 'end' && !request.backwards)) throw failed('ReadStreamResult: Error');
  if (stream !== undefined && engine.streams.isTombstoneVisible(stream)) throw streamDeleted(stream.name);
  if (stream === undefined || stream.visible === 0 || stream.visibleMetadata.softDeleted) {
    call.send(readResponses.streamNotFound(name));
    return;
  }
  const last = stream.visible - 1;
  const first = stream.firstVisible;
  const from = target.from === 'start' ? 0 : target.from === 'end' ? last : Number(target.from);
  if (request.backwards) {
    await readBackwards(engine, call, stream, first, Math.min(from, last), count, render);
  } else {
    const firstPageIsEmpty = from > last || from + Math.min(count, PAGE_OF_REVISIONS) - 1 < first;
    const showEmptyPage = (next: number): void => {
      if (request.compatibility >= 1) call.send(readResponses.firstStreamPosition(next));
    };
    const hasShownFirst = firstPageIsEmpty && from <= last;
    if (hasShownFirst) showEmptyPage(first);
    const sent = await readForwards(engine, call, stream, Math.max(from, first), last, count, render);
    if (sent === 0 && !(hasShownFirst && first === last + 1)) showEmptyPage(last + 1);
  }
  if (request.compatibility >= 1) call.send(readResponses.lastStreamPosition(last));
}

async function readForwards(
  engine: Engine,
  call: GrpcCall,
  stream: StreamState,
  from: number,
  last: number,
  count: number,
  render: Render,
): Promise<number> {
  const now = Date.now();
  let left = count;
  for (let next = from; next <= last && left > 0 && !call.isOver;) {
    // A scavenge may have taken some while the client was waited for.
    const revision = Math.max(next, stream.positions.first);
    const to = Math.min(last + 1, revision + Math.min(left, MOST_FRAMES));
    const records = engine.log.readPage(stream.positions, revision, to);
    const frames: Buffer[] = [];
    for (const [index, record] of records.entries()) {
      if (hasAged(stream.visibleMetadata, recordCreatedMs(record), now)) continue;
      frames.push(render(record, stream.positions.at(revision + index)));
    }
    left -= frames.length;
    next = revision + records.length;
    await sendFrames(call, frames);
  }
  return count - left;
}

async function readBackwards(
  engine: Engine,
  call: GrpcCall,
  stream: StreamState,
  first: number,
  from: number,
  count: number,
  render: Render,
): Promise<void> {
  const now = Date.now();
  let left = count;
  for (let revision = from; revision >= first && left > 0 && !call.isOver;) {
    const lowest = Math.max(first, stream.positions.first, revision + 1 - Math.min(left, MOST_FRAMES));
    if (lowest > revision) return;
    const start = engine.log.pageStart(stream.positions, revision, lowest);
    const records = engine.log.readPage(stream.positions, start, revision + 1);
    const frames: Buffer[] = [];
    for (let index = records.length - 1; index >= 0; index--) {
      const record = records[index] as Buffer;
      if (hasAged(stream.visibleMetadata, recordCreatedMs(record), now)) continue;
      frames.push(render(record, stream.positions.at(start + index)));
    }
    left -= frames.length;
    revision = start - 1;
    await sendFrames(call, frames);
  }
}

async function sendFrames(call: GrpcCall, frames: Buffer[]): Promise<void> {
  if (frames.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  else if (!call.send(frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames))) await call.drained();
}

async function readAll(
  engine: Engine,
  call: GrpcCall,
  request: ReadRequest,
  filter: Filter | undefined,
  render: Render,
): Promise<void> {
  const { events } = engine.log;
  let place = placeOf(engine, request);
  let left = Number(request.count);
  while (left > 0 && !call.isOver) {
    const page = pageFrom(engine, place, request.backwards);
    if (page === undefined) return;
    const frames: Buffer[] = [];
    for (const [offset, record] of page.records.entries()) {
      if (frames.length === left) break;
      const index = request.backwards ? page.first - offset : page.first + offset;
      if (filter === undefined || filter(record)) frames.push(render(record, events.at(index)));
    }
    left -= frames.length;
    place = page.next;
    await sendFrames(call, frames);
  }
}

/** The events that are read in one go from a place on, in the order of reading. */
function pageFrom(
  { log }: Engine,
  place: number,
  backwards: boolean,
): { records: Buffer[]; first: number; next: number } | undefined {
  const { events } = log;
  const index = events.lowerBound(place);
  if (!backwards) {
    if (index >= events.length) return undefined;
    const records = log.readPage(events, index, Math.min(events.length, index + MOST_FRAMES));
    return { records, first: index, next: events.at(index + records.length - 1) + 1 };
  }
  if (index === 0) return undefined;
  const lowest = log.pageStart(events, index - 1, Math.max(0, index - MOST_FRAMES));
  const records = log.readPage(events, lowest, index).reverse();
  return { records, first: index - 1, next: events.at(lowest) };
}

/** The position before which, or from which on, is read. */
function placeOf(engine: Engine, request: ReadRequest): number {
  const { log } = engine;
  const from = request.all?.from ?? 'start';
  if (from === 'start') return 0;
  if (from === 'end' || from.commit === END) return log.durableEnd;
  if (from.commit < from.prepare) throw handlerThrew();
  const commit = Number(from.commit);
  if (commit >= log.durableEnd) {
    if (request.backwards) throw failed('ReadAllResult: Error');
    return log.durableEnd;
  }
  if (commit !== 0 && !log.isPosition(commit)) throw failed('ReadAllResult: InvalidPosition');
  return commit;
}

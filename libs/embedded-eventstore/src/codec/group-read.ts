import { readStreamIdentifier } from './append-requests.js';
import type { GroupSource } from './group-requests.js';
import { type EventShape, shaped } from './read-event.js';
import { Reader } from './reader.js';
import { recordReadEvent } from './recorded-event.js';
import { frame } from './responses.js';
import { readUuid } from './uuid.js';
import { varintSize, Writer, writeVarint } from './writer.js';

export interface ConnectRequest {
  source: GroupSource;
  group: string;
  bufferSize: number;
  uuids: 'structured' | 'string' | undefined;
}

/** What a consumer says of an event that it does not acknowledge; ReadReq.Nack.Action. */
export type NackAction = 'unknown' | 'park' | 'retry' | 'skip' | 'stop';
const ACTIONS: NackAction[] = ['unknown', 'park', 'retry', 'skip', 'stop'];

export type GroupReadRequest =
  | { kind: 'connect'; options: ConnectRequest }
  | { kind: 'ack'; ids: Buffer[] }
  | { kind: 'nack'; ids: Buffer[]; action: NackAction | undefined; reason: string }
  | { kind: 'other' };

export function decodeGroupReadRequest(message: Buffer): GroupReadRequest {
  const reader = new Reader(message);
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x12) return { kind: 'ack', ids: readAnswer(reader.message()).ids };
    if (tag === 0x1a) return { kind: 'nack', ...readAnswer(reader.message()) };
    if (tag === 0x0a) return { kind: 'connect', options: readConnect(reader.message()) };
    reader.skip(tag);
  }
  return { kind: 'other' };
}

function readAnswer(reader: Reader): { ids: Buffer[]; action: NackAction | undefined; reason: string } {
  const answer = { ids: [] as Buffer[], action: 'unknown' as NackAction | undefined, reason: '' };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x12) answer.ids.push(readUuid(reader.message()));
    else if (tag === 0x18) answer.action = ACTIONS[Number(reader.uint64())];
    else if (tag === 0x22) answer.reason = reader.string();
    else reader.skip(tag);
  }
  return answer;
}

function readConnect(reader: Reader): ConnectRequest {
  const options: ConnectRequest = { source: undefined, group: '', bufferSize: 0, uuids: undefined };
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) options.source = { stream: readStreamIdentifier(reader.message()) };
    else if (tag === 0x12) options.group = reader.string();
    else if (tag === 0x18) options.bufferSize = Number(BigInt.asIntN(64, BigInt(reader.uint64())));
    else if (tag === 0x22) options.uuids = readUuidForm(reader.message());
    else {
      if (tag === 0x2a) options.source = 'all';
      reader.skip(tag);
    }
  }
  return options;
}

/** An empty option means structured ids, as the real server reads it. */
function readUuidForm(reader: Reader): 'structured' | 'string' {
  let form: 'structured' | 'string' = 'structured';
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x12) form = 'string';
    reader.skip(tag);
  }
  return form;
}

export const groupConfirmation = (id: string): Buffer =>
  frame(new Writer().message(2, (inner) => inner.string(1, id)).finish());

const RETRY_COUNT = 0x28;

/** ReadResp.event of a record that is delivered as it is: its stored bytes with the retry count behind them. */
export function deliveredRecord(record: Buffer, position: number, retryCount: number, shape: EventShape): Buffer {
  if (shape.structuredIds)
    return delivered((event) => event.bytes(1, shaped(record, shape)).varint(3, position).varint(5, retryCount));
  const stored = recordReadEvent(record);
  const inner = stored.length + 1 + varintSize(retryCount);
  const length = 1 + varintSize(inner) + inner;
  const buf = Buffer.allocUnsafe(5 + length);
  buf[0] = 0;
  buf.writeUInt32BE(length, 1);
  buf[5] = 0x0a;
  let at = writeVarint(buf, 6, inner);
  stored.copy(buf, at);
  at += stored.length;
  buf[at] = RETRY_COUNT;
  writeVarint(buf, at + 1, retryCount);
  return buf;
}

/** ReadResp.event of a link; `target` is undefined when the link leads nowhere. */
export function deliveredLink(
  link: Buffer,
  target: Buffer | undefined,
  position: number,
  retryCount: number,
  shape: EventShape,
): Buffer {
  return delivered((event) => {
    if (target !== undefined) event.bytes(1, shaped(target, shape));
    event.bytes(2, shaped(link, shape)).varint(3, position).varint(5, retryCount);
  });
}

const delivered = (build: (event: Writer) => void): Buffer => frame(new Writer().message(1, build).finish());

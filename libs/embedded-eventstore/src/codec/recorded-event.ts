import { crc32 } from 'node:zlib';
import { UUID_BYTES, UUID_TEXT, writeUuidText } from './uuid.js';
import { varintSize, writeVarint } from './writer.js';

/**
 * A record of the log. Its header is followed by the finished gRPC frame (5 bytes of prefix and a ReadResp), so that a
 * read copies bytes instead of encoding them.
 *
 *   0 u32 length of the record      4 u32 crc32 of everything behind it   8 u8 kind      9 u8 flags
 *  12 u32 offset of the stream     16 u32 its length                     20 u32 offset of the type  24 u32 its length
 *  28 u32 offset of the metadata   32 u32 its length                     36 u32 offset of the data  40 u32 its length
 *  44 u32 offset of the ReadEvent's RecordedEvent field                  48 f64 revision
 *  56 16 bytes id                  72 f64 created (ms since 1970)        80 the frame
 */
export const HEADER = 80;
export const FRAME = HEADER;
const FRAME_PREFIX = 5;

export const KIND_EVENT = 1;
export const KIND_EMPTY_WRITE = 2;
export const KIND_BATCH_END = 3;
export const KIND_TOMBSTONE = 4;
export const FLAG_JSON = 1;

/** The revision of a tombstone, 2^63 - 1, which is no safe integer. */
export const TOMBSTONE_REVISION = 9223372036854775807n;

export interface NewRecord {
  kind: number;
  position: number;
  revision: number;
  stream: Buffer;
  type: Buffer;
  id: Buffer;
  isJson: boolean;
  createdMs: number;
  metadata: Buffer;
  data: Buffer;
}

const TYPE_KEY = Buffer.from([0x0a, 4, ...Buffer.from('type'), 0x12]);
const contentTypeEntry = (value: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x32, 2 + 12 + 2 + value.length, 0x0a, 12]),
    Buffer.from('content-type'),
    Buffer.from([0x12, value.length]),
    Buffer.from(value),
  ]);
const JSON_ENTRY = contentTypeEntry('application/json');
const BYTES_ENTRY = contentTypeEntry('application/octet-stream');
const CREATED_KEY = Buffer.from([0x0a, 7, ...Buffer.from('created'), 0x12]);
const TOMBSTONE_VARINT = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);

let createdFor = -1;
let createdEntry = Buffer.alloc(0);
/** The metadata entry `created`, in ticks of 100 ns. */
function created(ms: number): Buffer {
  if (ms !== createdFor) {
    const ticks = Buffer.from(`${ms}0000`);
    const length = CREATED_KEY.length + 1 + ticks.length;
    createdEntry = Buffer.concat([Buffer.from([0x32, length]), CREATED_KEY, Buffer.from([ticks.length]), ticks]);
    createdFor = ms;
  }
  return createdEntry;
}

interface Sizes {
  typeEntry: number;
  streamId: number;
  recorded: number;
  readEvent: number;
  response: number;
  total: number;
}

const sizes: Sizes = { typeEntry: 0, streamId: 0, recorded: 0, readEvent: 0, response: 0, total: 0 };

function field(length: number): number {
  return 1 + varintSize(length) + length;
}

/** The record's length in bytes; it depends on the position too, because that is written as varints. */
export function recordSize(record: NewRecord): number {
  const position = varintSize(record.position);
  const revision = record.kind === KIND_TOMBSTONE ? TOMBSTONE_VARINT.length : varintSize(record.revision);
  sizes.typeEntry = TYPE_KEY.length + varintSize(record.type.length) + record.type.length;
  sizes.streamId = field(record.stream.length);
  sizes.recorded =
    4 +
    UUID_TEXT +
    field(sizes.streamId) +
    1 +
    revision +
    2 * (1 + position) +
    field(sizes.typeEntry) +
    (record.isJson ? JSON_ENTRY.length : BYTES_ENTRY.length) +
    created(record.createdMs).length +
    (record.metadata.length === 0 ? 0 : field(record.metadata.length)) +
    (record.data.length === 0 ? 0 : field(record.data.length));
  sizes.readEvent = field(sizes.recorded) + 1 + position;
  sizes.response = field(sizes.readEvent);
  sizes.total = HEADER + FRAME_PREFIX + sizes.response;
  return sizes.total;
}

function header(buf: Buffer, at: number, tag: number, length: number): number {
  buf[at] = tag;
  return writeVarint(buf, at + 1, length);
}

/** Writes the record into `buf`, which must have exactly the length that recordSize answered for it just before. */
export function writeRecord(buf: Buffer, record: NewRecord): void {
  let at = FRAME;
  buf[at] = 0;
  buf.writeUInt32BE(sizes.response, at + 1);
  at = header(buf, at + FRAME_PREFIX, 0x0a, sizes.readEvent);
  buf.writeUInt32LE(at, 44);
  at = header(buf, at, 0x0a, sizes.recorded);
  buf[at] = 0x0a;
  buf[at + 1] = 2 + UUID_TEXT;
  buf[at + 2] = 0x12;
  buf[at + 3] = UUID_TEXT;
  writeUuidText(buf, at + 4, record.id);
  at = header(buf, at + 4 + UUID_TEXT, 0x12, sizes.streamId);
  at = header(buf, at, 0x1a, record.stream.length);
  at = place(buf, at, record.stream, 12);
  buf[at] = 0x18;
  if (record.kind === KIND_TOMBSTONE) {
    buf.set(TOMBSTONE_VARINT, at + 1);
    at += 1 + TOMBSTONE_VARINT.length;
  } else at = writeVarint(buf, at + 1, record.revision);
  buf[at] = 0x20;
  at = writeVarint(buf, at + 1, record.position);
  buf[at] = 0x28;
  at = writeVarint(buf, at + 1, record.position);
  at = header(buf, at, 0x32, sizes.typeEntry);
  buf.set(TYPE_KEY, at);
  at = writeVarint(buf, at + TYPE_KEY.length, record.type.length);
  at = place(buf, at, record.type, 20);
  const contentType = record.isJson ? JSON_ENTRY : BYTES_ENTRY;
  buf.set(contentType, at);
  at += contentType.length;
  const createdBytes = created(record.createdMs);
  buf.set(createdBytes, at);
  at += createdBytes.length;
  at = optional(buf, at, 0x3a, record.metadata, 28);
  at = optional(buf, at, 0x42, record.data, 36);
  buf[at] = 0x18;
  at = writeVarint(buf, at + 1, record.position);
  finishHeader(buf, record);
}

function place(buf: Buffer, at: number, value: Buffer, slot: number): number {
  buf.writeUInt32LE(at, slot);
  buf.writeUInt32LE(value.length, slot + 4);
  buf.set(value, at);
  return at + value.length;
}

function optional(buf: Buffer, at: number, tag: number, value: Buffer, slot: number): number {
  if (value.length > 0) return place(buf, header(buf, at, tag, value.length), value, slot);
  buf.writeUInt32LE(at, slot);
  buf.writeUInt32LE(0, slot + 4);
  return at;
}

function finishHeader(buf: Buffer, record: NewRecord): void {
  buf.writeUInt32LE(buf.length, 0);
  buf.writeUInt32LE(record.kind | (record.isJson ? FLAG_JSON << 8 : 0), 8);
  buf.writeDoubleLE(record.revision, 48);
  record.id.copy(buf, 56);
  buf.writeDoubleLE(record.createdMs, 72);
  buf.writeUInt32LE(crc32(buf.subarray(8)), 4);
}

/** A record without a frame: an append without events, or the end of a batch that was synced together. */
export function bareRecord(kind: number, batchStart: number): Buffer {
  const buf = Buffer.alloc(HEADER);
  buf.writeUInt32LE(HEADER, 0);
  buf.writeUInt32LE(kind, 8);
  buf.writeDoubleLE(batchStart, 48);
  buf.writeUInt32LE(crc32(buf.subarray(8)), 4);
  return buf;
}

export const recordKind = (record: Buffer): number => record[8] as number;
export const recordIsWhole = (record: Buffer): boolean => record.readUInt32LE(4) === crc32(record.subarray(8));
export const recordIsJson = (record: Buffer): boolean => ((record[9] as number) & FLAG_JSON) !== 0;
export const recordRevision = (record: Buffer): number => record.readDoubleLE(48);
export const recordBatchStart = (record: Buffer): number => record.readDoubleLE(48);
export const recordCreatedMs = (record: Buffer): number => record.readDoubleLE(72);
export const recordId = (record: Buffer): Buffer => record.subarray(56, 56 + UUID_BYTES);
export const recordFrame = (record: Buffer): Buffer => record.subarray(FRAME);

function slot(record: Buffer, at: number): Buffer {
  const start = record.readUInt32LE(at);
  return record.subarray(start, start + record.readUInt32LE(at + 4));
}
export const recordStream = (record: Buffer): Buffer => slot(record, 12);
export const recordType = (record: Buffer): Buffer => slot(record, 20);
export const recordMetadata = (record: Buffer): Buffer => slot(record, 28);
export const recordData = (record: Buffer): Buffer => slot(record, 36);
/** The encoded ReadEvent: the RecordedEvent and the commit position. */
export const recordReadEvent = (record: Buffer): Buffer => record.subarray(record.readUInt32LE(44));
/** The encoded RecordedEvent without its tag and length. */
export function recordedEventBytes(record: Buffer): Buffer {
  let at = record.readUInt32LE(44) + 1;
  while ((record[at] as number) >= 0x80) at += 1;
  const length = record.length - (at + 1) - 1 - trailingPosition(record);
  return record.subarray(at + 1, at + 1 + length);
}

/** The position that an event was written at; its record ends with it. */
export function recordPosition(record: Buffer): number {
  let position = 0;
  for (let bytes = trailingPosition(record), at = record.length - bytes, factor = 1; bytes > 0; bytes--, at++) {
    position += ((record[at] as number) & 0x7f) * factor;
    factor *= 128;
  }
  return position;
}

/** How many bytes the ReadEvent's commit position takes at the record's end. */
function trailingPosition(record: Buffer): number {
  let bytes = 1;
  while ((record[record.length - 1 - bytes] as number) >= 0x80) bytes += 1;
  return bytes;
}

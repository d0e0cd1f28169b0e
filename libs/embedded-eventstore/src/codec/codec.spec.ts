import * as shared from '@eventstore/db-client/generated/shared_pb.js';
import * as streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { decodeAppendRequest, decodeBatchAppendRequest } from './append-requests.js';
import { eventResponse } from './read-event.js';
import { decodeReadRequest } from './read-requests.js';
import { MalformedMessageError } from './reader.js';
import {
  KIND_EVENT,
  recordData,
  recordIsWhole,
  recordMetadata,
  recordSize,
  recordStream,
  recordType,
  writeRecord,
} from './recorded-event.js';
import { batchSucceeded } from './responses.js';
import { parseUuid, uuidText } from './uuid.js';

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'binary', maxLength: 200 });
const uuid = fc.uuid();
const safeInteger = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const base64 = (value: string): string => Buffer.from(value).toString('base64');

function uuidMessage(id: string): shared.UUID {
  const message = new shared.UUID();
  message.setString(id);
  return message;
}

function streamMessage(name: string): shared.StreamIdentifier {
  const message = new shared.StreamIdentifier();
  message.setStreamName(base64(name));
  return message;
}

describe('The hand-written codec agrees with the stubs of the official client', () => {
  it('given any proposed event, when the client encodes an Append request, then every field is read back', () => {
    fc.assert(
      fc.property(uuid, text, bytes, bytes, fc.boolean(), (id, type, data, metadata, isJson) => {
        const event = new streams.AppendReq.ProposedMessage();
        const contentType = isJson ? 'application/json' : 'application/octet-stream';
        event.setId(uuidMessage(id));
        event.getMetadataMap().set('type', type).set('content-type', contentType);
        event.setData(data).setCustomMetadata(metadata);
        const request = new streams.AppendReq();
        request.setProposedMessage(event);
        const decoded = decodeAppendRequest(Buffer.from(request.serializeBinary()));
        if (decoded === undefined || !('event' in decoded)) throw new Error('no event was read');
        expect(uuidText(decoded.event.id ?? Buffer.alloc(16))).toBe(id);
        expect(decoded.event.type?.toString()).toBe(Buffer.from(type).toString());
        expect(decoded.event.contentType).toBe(contentType);
        expect(decoded.event.data).toEqual(data);
        expect(decoded.event.customMetadata).toEqual(metadata);
      }),
    );
  });

  it('given any revision, when the client encodes a BatchAppend request, then stream, revision and id are read back', () => {
    const revision = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(
        uuid,
        text,
        revision,
        fc.array(uuid, { maxLength: 5 }),
        fc.boolean(),
        (id, name, expected, ids, final) => {
          const options = new streams.BatchAppendReq.Options();
          options.setStreamIdentifier(streamMessage(name));
          options.setStreamPosition(expected.toString());
          const request = new streams.BatchAppendReq();
          request.setCorrelationId(uuidMessage(id)).setOptions(options).setIsFinal(final);
          request.setProposedMessagesList(
            ids.map((each) => {
              const event = new streams.BatchAppendReq.ProposedMessage();
              event.setId(uuidMessage(each));
              return event;
            }),
          );
          const decoded = decodeBatchAppendRequest(Buffer.from(request.serializeBinary()));
          expect(decoded.correlationId).toEqual(Buffer.from(uuidMessage(id).serializeBinary()));
          expect(decoded.options?.stream).toEqual(Buffer.from(name));
          expect(BigInt(decoded.options?.expected ?? -1)).toBe(expected);
          expect(decoded.events.map((event) => uuidText(event.id ?? Buffer.alloc(16)))).toEqual(ids);
          expect(decoded.isFinal).toBe(final);
        },
      ),
    );
  });

  it('given any filtered read, when the client encodes it, then every option is read back', () => {
    const window = fc.nat({ max: 2 ** 32 - 1 });
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 4 }),
        text,
        window,
        fc.boolean(),
        safeInteger,
        (prefixes, regex, max, backwards, commit) => {
          const expression = new streams.ReadReq.Options.FilterOptions.Expression();
          expression.setPrefixList(prefixes).setRegex(regex);
          const filter = new streams.ReadReq.Options.FilterOptions();
          filter.setEventType(expression).setMax(max).setCheckpointintervalmultiplier(max);
          const position = new streams.ReadReq.Options.Position();
          position.setCommitPosition(String(commit)).setPreparePosition(String(commit));
          const all = new streams.ReadReq.Options.AllOptions();
          all.setPosition(position);
          const options = new streams.ReadReq.Options();
          options
            .setAll(all)
            .setFilter(filter)
            .setReadDirection(backwards ? 1 : 0)
            .setCount(String(commit));
          const request = new streams.ReadReq();
          request.setOptions(options);
          const decoded = decodeReadRequest(Buffer.from(request.serializeBinary()));
          expect(decoded.all?.from).toEqual({ commit, prepare: commit });
          expect(decoded.backwards).toBe(backwards);
          expect(decoded.filter).toEqual({
            on: 'type',
            regex: regex === '' ? undefined : Buffer.from(regex).toString(),
            prefixes: prefixes.map((prefix) => Buffer.from(prefix).toString()),
            window: { max },
            checkpointIntervalMultiplier: max,
          });
        },
      ),
    );
  });

  it('given any event, when it is recorded, then its frame is the ReadResp that the client decodes', () => {
    fc.assert(
      fc.property(
        fc.record({
          id: uuid,
          stream: text,
          type: text,
          data: bytes,
          metadata: bytes,
          isJson: fc.boolean(),
          revision: safeInteger,
          position: safeInteger,
          createdMs: fc.nat({ max: 4_000_000_000_000 }),
        }),
        (event) => {
          const record = recorded(event);
          expect(recordIsWhole(record)).toBe(true);
          expect(recordStream(record)).toEqual(Buffer.from(event.stream));
          expect(recordType(record)).toEqual(Buffer.from(event.type));
          expect(recordData(record)).toEqual(event.data);
          expect(recordMetadata(record)).toEqual(event.metadata);
          for (const structuredIds of [false, true]) expectDecodes(record, event, structuredIds);
        },
      ),
    );
  });

  it('given any answer of a batch append, when it is framed, then the client decodes it', () => {
    fc.assert(
      fc.property(uuid, text, safeInteger, safeInteger, (id, name, revision, position) => {
        const correlation = Buffer.from(uuidMessage(id).serializeBinary());
        const answer = batchSucceeded(correlation, Buffer.from(name), { revision, position });
        const decoded = streams.BatchAppendResp.deserializeBinary(answer.subarray(5));
        expect(answer.readUInt32BE(1)).toBe(answer.length - 5);
        expect(decoded.getCorrelationId()?.getString()).toBe(id);
        expect(decoded.getSuccess()?.getCurrentRevision()).toBe(String(revision));
        expect(decoded.getSuccess()?.getPosition()?.getCommitPosition()).toBe(String(position));
        expect(Buffer.from(decoded.getStreamIdentifier()?.getStreamName_asU8() ?? [])).toEqual(Buffer.from(name));
      }),
    );
  });

  it('given random bytes, when they are decoded, then they are read or refused as malformed and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (array) => {
        for (const decode of [decodeAppendRequest, decodeBatchAppendRequest, decodeReadRequest])
          try {
            decode(Buffer.from(array));
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedMessageError);
          }
      }),
      { numRuns: 2000 },
    );
  });
});

interface AnyEvent {
  id: string;
  stream: string;
  type: string;
  data: Buffer;
  metadata: Buffer;
  isJson: boolean;
  revision: number;
  position: number;
  createdMs: number;
}

function recorded(event: AnyEvent): Buffer {
  const record = {
    ...event,
    kind: KIND_EVENT,
    id: parseUuid(Buffer.from(event.id)),
    stream: Buffer.from(event.stream),
    type: Buffer.from(event.type),
  };
  const buf = Buffer.alloc(recordSize(record));
  writeRecord(buf, record);
  return buf;
}

function expectDecodes(record: Buffer, event: AnyEvent, structuredIds: boolean): void {
  const frame = eventResponse(record, event.position, { structuredIds });
  expect(frame.readUInt32BE(1)).toBe(frame.length - 5);
  const readEvent = streams.ReadResp.deserializeBinary(frame.subarray(5)).getEvent();
  const decoded = readEvent?.getEvent();
  expect(readEvent?.getCommitPosition()).toBe(String(event.position));
  expect(decoded?.getStreamRevision()).toBe(String(event.revision));
  expect(decoded?.getCommitPosition()).toBe(String(event.position));
  expect(decoded?.getPreparePosition()).toBe(String(event.position));
  expect(Buffer.from(decoded?.getStreamIdentifier()?.getStreamName_asU8() ?? [])).toEqual(Buffer.from(event.stream));
  expect(Buffer.from(decoded?.getData_asU8() ?? [])).toEqual(event.data);
  expect(Buffer.from(decoded?.getCustomMetadata_asU8() ?? [])).toEqual(event.metadata);
  expect(Object.fromEntries(decoded?.getMetadataMap().toArray() ?? [])).toEqual({
    type: Buffer.from(event.type).toString(),
    'content-type': event.isJson ? 'application/json' : 'application/octet-stream',
    created: `${event.createdMs}0000`,
  });
  const id = decoded?.getId();
  if (!structuredIds) expect(id?.getString()).toBe(event.id);
  else {
    const half = (value: string | undefined): string =>
      BigInt.asUintN(64, BigInt(value ?? 0))
        .toString(16)
        .padStart(16, '0');
    const halves = id?.getStructured();
    const digits = half(halves?.getMostSignificantBits()) + half(halves?.getLeastSignificantBits());
    expect(digits).toBe(event.id.replaceAll('-', ''));
  }
}

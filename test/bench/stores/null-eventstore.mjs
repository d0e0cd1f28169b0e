// A server on the embedded store's transport and codec that stores nothing: what it reaches is the client's limit. Appends are
// acknowledged at once, and a read or a subscription gets as many copies of one event as it asks for, a subscription
// as many as were appended.
import { dist } from '../harness.mjs';

const { decodeAppendRequest, decodeBatchAppendRequest } = await dist(
  'libs/embedded-eventstore/src/codec/append-requests.js',
);
const { decodeReadRequest } = await dist('libs/embedded-eventstore/src/codec/read-requests.js');
const { KIND_EVENT, recordFrame, recordSize, writeRecord } = await dist(
  'libs/embedded-eventstore/src/codec/recorded-event.js',
);
const { appendSucceeded, batchSucceeded, readResponses } = await dist(
  'libs/embedded-eventstore/src/codec/responses.js',
);
const { newUuid, uuidText } = await dist('libs/embedded-eventstore/src/codec/uuid.js');
const { supportedMethods } = await dist('libs/embedded-eventstore/src/services/node-info.js');
const { GrpcServer } = await dist('libs/embedded-eventstore/src/transport/grpc-server.js');

const revisions = new Map();
let position = 64;

function accept(stream, events) {
  const revision = (revisions.get(stream) ?? -1) + events;
  revisions.set(stream, revision);
  position += 500 * Math.max(1, events);
  return { revision, position };
}

function batchAppend(call) {
  const counts = new Map();
  call.onMessage = (message) => {
    const { correlationId, options, events, isFinal } = decodeBatchAppendRequest(message);
    const key = correlationId.toString('latin1');
    const known = counts.get(key) ?? { stream: options?.stream, events: 0 };
    known.events += events.length;
    counts.set(key, known);
    if (!isFinal) return;
    counts.delete(key);
    call.sendSoon(batchSucceeded(correlationId, known.stream, accept(known.stream.toString(), known.events)));
  };
  call.onEnd = () => call.end();
}

function append(call) {
  let stream = '';
  let events = 0;
  call.onMessage = (message) => {
    const request = decodeAppendRequest(message);
    if (request !== undefined && 'options' in request) stream = request.options.stream.toString();
    else events += 1;
  };
  call.onEnd = () => {
    call.send(appendSucceeded(accept(stream, events)));
    call.end();
  };
}

function framesOf(count) {
  const data = Buffer.from(JSON.stringify({ i: 1, at: '2024-01-01T00:00:00Z', value: 12.5, text: 'x'.repeat(110) }));
  const metadata = Buffer.from(JSON.stringify({ correlation: 'c-1', trace: 'm'.repeat(70) }));
  const names = { stream: Buffer.from('stream'), type: Buffer.from('ReadingRecorded'), id: newUuid() };
  const event = {
    kind: KIND_EVENT,
    position: 64,
    revision: 1,
    ...names,
    isJson: true,
    createdMs: Date.now(),
    data,
    metadata,
  };
  const record = Buffer.alloc(recordSize(event));
  writeRecord(record, event);
  return Buffer.concat(Array.from({ length: count }, () => recordFrame(record)));
}

const PAGE = 500;
const page = framesOf(PAGE);

async function sendEvents(call, count) {
  const size = page.length / PAGE;
  for (let left = count; left > 0 && !call.isOver; left -= PAGE)
    if (!call.send(left >= PAGE ? page : page.subarray(0, left * size))) await call.drained();
}

function read(call) {
  let request;
  call.onMessage = (message) => (request = decodeReadRequest(message));
  call.onEnd = () => {
    const appended = request.stream === undefined ? 100_000 : (revisions.get(request.stream.name.toString()) ?? -1) + 1;
    const from = request.stream?.from ?? request.all?.from;
    const count = request.subscription ? (from === 'end' ? 0 : appended) : Math.min(Number(request.count), appended);
    if (request.subscription) call.send(readResponses.confirmation(uuidText(newUuid())));
    void sendEvents(call, count).then(() => {
      if (request.subscription) call.send(readResponses.caughtUp());
      else call.end();
    });
  };
}

const streams = '/event_store.client.streams.Streams';
const server = new GrpcServer(
  new Map([
    ['/event_store.client.server_features.ServerFeatures/GetSupportedMethods', supportedMethods(false)],
    [`${streams}/BatchAppend`, batchAppend],
    [`${streams}/Append`, append],
    [`${streams}/Read`, read],
  ]),
  () => undefined,
);
const port = await server.listen(0, '127.0.0.1');
console.log(`esdb://127.0.0.1:${port}?tls=false`);
process.on('SIGTERM', () => process.exit(0));

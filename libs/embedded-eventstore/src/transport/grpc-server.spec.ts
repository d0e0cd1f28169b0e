import { type ClientHttp2Session, connect } from 'node:http2';
import { aFolder, removeFolder } from '../../spec-support/given.js';
import { startEmbeddedEventStore } from '../index.js';
import type { EmbeddedEventStore } from '../server.js';

const READ = '/event_store.client.streams.Streams/Read';

function varint(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.concat([Buffer.from([(value & 127) | 128]), varint(value >>> 7)]);
}
const field = (tag: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([tag]), varint(content.length), content]);

function framed(message: Buffer | readonly number[]): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, Buffer.from(message)]);
}

function nested(depth: number): Buffer {
  let message = Buffer.alloc(0);
  for (let level = 0; level < depth; level++)
    message = Buffer.concat([Buffer.from([0x0a]), varint(message.length), message]);
  return framed(message);
}

/** A filtered read of $all, whose expression is the one given. */
function aFilter(expression: Buffer): Buffer {
  const all = field(0x12, field(0x12, Buffer.alloc(0)));
  const filter = field(0x3a, Buffer.concat([field(0x12, expression), field(0x22, Buffer.alloc(0))]));
  const ids = field(0x4a, field(0x12, Buffer.alloc(0)));
  return framed(field(0x0a, Buffer.concat([all, Buffer.from([0x28, 10]), filter, ids])));
}

describe('The gRPC transport against clients that misbehave', () => {
  const folder = aFolder();
  let store: EmbeddedEventStore;
  let session: ClientHttp2Session;

  beforeAll(async () => (store = await startEmbeddedEventStore({ dataDir: folder })));
  beforeEach(() => {
    session = connect(`http://127.0.0.1:${store.port}`);
    session.on('error', () => {});
  });
  afterEach(() => session.destroy());
  afterAll(async () => {
    await store.close();
    removeFolder(folder);
  });

  /** Sends bytes as the body of a call and gives back its status. */
  function statusOf(path: string, body: Buffer, headers: Record<string, string> = {}): Promise<string> {
    return new Promise((resolve, reject) => {
      const call = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      });
      call.on('response', (answer) => {
        const status = answer['grpc-status'];
        if (typeof status === 'string') resolve(`${status} ${String(answer['grpc-message'])}`);
      });
      call.on('error', reject);
      call.resume();
      call.end(body);
    });
  }

  it.each([
    ['a compressed message', Buffer.from([1, 0, 0, 0, 0]), /^12 Compressed messages are not supported/],
    ['a message beyond 4 MiB', Buffer.from([0, 0x7f, 0xff, 0xff, 0xff]), /^8 A message of 2147483647 bytes is larger/],
    ['half a message', Buffer.from([0, 0, 0, 0, 9, 1]), /^13 The request ended inside a message/],
    ['a varint of eleven bytes', Buffer.concat([Buffer.from([0, 0, 0, 0, 11]), Buffer.alloc(11, 0xff)]), /^3 /],
    ['a field that ends beyond its message', framed([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), /^3 a field is longer/],
    ['a field of 2 GiB', framed([0x0a, 0xff, 0xff, 0xff, 0xff, 0x07]), /^3 a field is longer/],
    ['a group, which is no field of today', framed([0x0b, 0x0c]), /^3 wire type 3 is not supported/],
    ['two messages where one is due', Buffer.alloc(10), /^13 Additional data after the message/],
    ['fields nested ten thousand deep', nested(10_000), /^2 Exception/],
    [
      'a million prefixes',
      aFilter(Buffer.alloc(2_000_000, Buffer.from([0x12, 0]))),
      /^3 A filter has at most 1000 pre/,
    ],
    ['a pattern that unrolls', aFilter(field(0x0a, Buffer.from('a{1000}'.repeat(20)))), /^3 A regular expression has/],
    ['no message', Buffer.alloc(0), /^2 Exception was thrown by handler/],
  ])('given %s, when it is sent, then the call fails with the right status', async (_, body, expected) => {
    expect(await statusOf(READ, body)).toMatch(expected);
  });

  it('given a method that does not exist, when it is called, then the answer is UNIMPLEMENTED with a sentence', async () => {
    expect(await statusOf('/event_store.client.redaction.Redaction/SwitchChunks', Buffer.alloc(5))).toMatch(
      /^12 .*does not implement/,
    );
  });

  it('given a deadline, when the request never ends, then the call fails with DEADLINE_EXCEEDED', async () => {
    const call = session.request({
      ':method': 'POST',
      ':path': READ,
      'content-type': 'application/grpc',
      'grpc-timeout': '50m',
    });
    const status = await new Promise((resolve) => call.on('response', (answer) => resolve(answer['grpc-status'])));
    call.on('error', () => {});
    call.destroy();
    expect(status).toBe('4');
  });

  it('given a flood of resets, when there are more than 200, then the session is destroyed and others go on', async () => {
    const closed = new Promise<void>((resolve) => session.on('close', resolve));
    const flood = setInterval(() => {
      for (let i = 0; i < 20 && !session.closed && !session.destroyed; i++) {
        const call = session.request({ ':method': 'POST', ':path': READ, 'content-type': 'application/grpc' });
        call.on('error', () => {});
        call.close(8);
      }
    }, 5);
    await closed;
    clearInterval(flood);
    session = connect(`http://127.0.0.1:${store.port}`);
    expect(await statusOf(READ, Buffer.alloc(0))).toMatch(/^2 /);
  });
});

import { callHeaders, END_HEADERS, END_STREAM, FRAME, headerBlock, http2Frame, RawPeer } from './raw-http2.js';

export const BATCH_APPEND = '/event_store.client.streams.Streams/BatchAppend';
export const READ = '/event_store.client.streams.Streams/Read';
const times = (count: number, bytes: (index: number) => Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, (_, index) => bytes(index)));
const streamId = (index: number): number => 2 * index + 1;

/** What a client can do to a server of HTTP/2, by name. Each resolves when the server has ended its connection. */
export const hostilePeers: Readonly<Record<string, (port: number) => Promise<void>>> = {
  'rapid reset': (port) => {
    const peer = new RawPeer(port).greet();
    const calls = times(5000, (index) =>
      Buffer.concat([
        http2Frame(FRAME.headers, END_HEADERS, streamId(index), callHeaders(READ)),
        http2Frame(FRAME.reset, 0, streamId(index), Buffer.from([0, 0, 0, 8])),
      ]),
    );
    peer.send(calls);
    return peer.closed;
  },
  'a CONTINUATION flood': async (port) => {
    const peer = new RawPeer(port).greet();
    peer.send(http2Frame(FRAME.headers, END_STREAM, 1, callHeaders(READ)));
    await peer.flood(times(100, (index) => http2Frame(FRAME.continuation, 0, 1, headerBlock({ [`x-${index}`]: 'y' }))));
  },
  'headers that never end': async (port) => {
    const peer = new RawPeer(port).greet();
    peer.send(http2Frame(FRAME.headers, END_STREAM, 1, callHeaders(READ)));
    await peer.flood(http2Frame(FRAME.continuation, 0, 1, headerBlock({ x: 'y'.repeat(10_000) })));
  },
  'headers beyond every measure': async (port) => {
    const peer = new RawPeer(port).greet();
    for (let index = 0; index < 10 && !peer.socket.destroyed; index++)
      peer.send(
        http2Frame(FRAME.headers, 0, streamId(index), callHeaders(READ)),
        ...Array.from({ length: 7 }, () =>
          http2Frame(FRAME.continuation, 0, streamId(index), headerBlock({ x: 'y'.repeat(16_000) })),
        ),
        http2Frame(FRAME.continuation, END_HEADERS, streamId(index), headerBlock({ x: 'y' })),
      );
    await peer.flood(http2Frame(FRAME.ping, 0, 0, Buffer.alloc(8)));
  },
  'a PING flood': (port) =>
    new RawPeer(port).greet().flood(times(1000, () => http2Frame(FRAME.ping, 0, 0, Buffer.alloc(8)))),
  'a PING flood whose answers are not read': (port) => {
    const peer = new RawPeer(port).greet();
    peer.socket.pause();
    return peer.flood(times(1000, () => http2Frame(FRAME.ping, 0, 0, Buffer.alloc(8))));
  },
  'a SETTINGS flood': (port) => new RawPeer(port).greet().flood(times(1000, () => http2Frame(FRAME.settings, 0, 0))),
  'a flood of empty DATA': async (port) => {
    const peer = new RawPeer(port).greet();
    peer.send(http2Frame(FRAME.headers, END_HEADERS, 1, callHeaders(READ)));
    await peer.flood(times(1000, () => http2Frame(FRAME.data, 0, 1)));
  },
  'a flood of empty HEADERS': (port) => {
    const peer = new RawPeer(port).greet();
    return peer.flood(http2Frame(FRAME.headers, END_HEADERS | END_STREAM, 1));
  },
  'a frame longer than it may be': (port) => {
    const head = http2Frame(FRAME.data, 0, 1);
    head.writeUIntBE(0xffffff, 0, 3);
    return new RawPeer(port).greet().flood(head);
  },
  'a broken frame beside an open call': (port) => {
    const head = http2Frame(FRAME.data, 0, 3);
    head.writeUIntBE(0xffffff, 0, 3);
    const peer = new RawPeer(port).greet();
    peer.send(http2Frame(FRAME.headers, END_HEADERS, 1, callHeaders(BATCH_APPEND)), head);
    return peer.closed;
  },
  'an open call of a client that is gone without a word': (port) => {
    const peer = new RawPeer(port).greet();
    peer.send(http2Frame(FRAME.headers, END_HEADERS, 1, callHeaders(BATCH_APPEND)));
    return peer.closed;
  },
  'DATA that goes on after the answer': async (port) => {
    const peer = new RawPeer(port).greet();
    peer.send(
      http2Frame(FRAME.headers, END_HEADERS, 1, callHeaders(READ)),
      http2Frame(FRAME.data, 0, 1, Buffer.alloc(5)),
    );
    await peer.flood(times(64, () => http2Frame(FRAME.data, 0, 1, Buffer.alloc(16_384))));
  },
  'a half preface': (port) => {
    const peer = new RawPeer(port);
    peer.send(Buffer.from('PRI * HT'));
    return peer.closed;
  },
  'one byte of a preface': (port) => new RawPeer(port).send(Buffer.from('P')).closed,
  'a preface without SETTINGS': (port) =>
    new RawPeer(port).send(Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).closed,
  'nothing at all': (port) => new RawPeer(port).closed,
  'a slow HTTP/1 request': (port) => new RawPeer(port).send(Buffer.from('GET /ping HTTP/1.1\r\nhost: ')).closed,
};

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostileMessages, nested } from '../../spec-support/hostile-messages.js';
import { commandBytes, WireClient } from '../../spec-support/wire-client.js';
import { type EmbeddedMongo, startEmbeddedMongo } from '../server.js';

const IDLE = 500;

describe('The wire transport among hostile peers', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  let server: EmbeddedMongo;
  let other: WireClient;

  const othersAreServed = async (): Promise<void> =>
    expect(await other.ask({ ping: 1, $db: 'admin' })).toMatchObject({ ok: 1 });

  beforeAll(async () => {
    server = await startEmbeddedMongo({ dataDir });
    other = new WireClient(server.port);
  });
  afterAll(async () => {
    other.close();
    await server.close();
    rmSync(dataDir, { recursive: true });
  });

  test.each(Object.entries(hostileMessages))(
    'given %s, then that connection ends and others are served',
    async (_, bytes) => {
      const peer = new WireClient(server.port);
      peer.socket.write(bytes);
      await peer.closed;
      expect(peer.socket.bytesRead).toBe(0);
      await othersAreServed();
    },
  );

  test.each([
    [99, { ok: 1 }],
    [100, { ok: 0, code: 15 }],
    [10_000, { ok: 0, code: 15 }],
  ])('given a ping whose comment nests %i deep, then it is answered, and the next one too', async (depth, answer) => {
    const peer = new WireClient(server.port);
    expect(await peer.ask({ ping: 1, comment: nested(depth), $db: 'admin' })).toMatchObject(answer);
    expect(await peer.ask({ ping: 1, $db: 'admin' })).toMatchObject({ ok: 1 });
    peer.close();
  });

  test(`given ${IDLE} connections that say nothing, then others are served, new ones too`, async () => {
    const idle = Array.from({ length: IDLE }, () => connect(server.port, '127.0.0.1'));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    await othersAreServed();
    const late = new WireClient(server.port);
    expect(await late.ask({ ping: 1, $db: 'admin' })).toMatchObject({ ok: 1 });
    for (const socket of [...idle, late.socket]) socket.destroy();
  });

  test('given a message that comes byte by byte, then it is answered', async () => {
    const peer = new WireClient(server.port);
    peer.socket.setNoDelay(true);
    const bytes = commandBytes({ ping: 1, comment: 'x'.repeat(600), $db: 'admin' });
    const answer = once(peer.socket, 'data');
    for (const byte of bytes) await new Promise((resolve) => peer.socket.write(Buffer.from([byte]), resolve));
    await answer;
    peer.close();
  });

  test('given a client that asks and never reads, then it is not read from any more, and others are served', async () => {
    await other.ask({ insert: 'c', documents: [{ _id: 1, text: 'x'.repeat(1_000_000) }], $db: 'test' });
    const socket = connect(server.port, '127.0.0.1');
    socket.pause();
    const find = commandBytes({ find: 'c', $db: 'test', comment: 'x'.repeat(1_000_000) });
    const sent = await sendUntilItWaits(socket, find, 110, othersAreServed);
    expect(sent).toBeLessThan(110);
    socket.destroy();
    await othersAreServed();
  });
});

/** How many messages of so many a server takes that is not read from. */
async function sendUntilItWaits(
  socket: Socket,
  message: Buffer,
  most: number,
  meanwhile: () => Promise<void>,
): Promise<number> {
  let taken = 0;
  for (let sent = 0; sent < most; sent++) socket.write(message, () => (taken += 1));
  for (let before = -1; before !== taken;) {
    before = taken;
    for (let turn = 0; turn < 50; turn++) await meanwhile();
  }
  return taken;
}

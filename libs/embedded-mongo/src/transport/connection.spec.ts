import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { commandBytes, WireClient } from '../../spec-support/wire-client.js';
import { sent } from '../../spec-support/documents.js';
import { Allowance } from './allowance.js';
import { Connection } from './connection.js';
import { MAX_MESSAGE } from './wire.js';

const PING = { ping: 1, $db: 'admin' };

describe('Connections that share an allowance of memory', () => {
  let server: Server;
  let port: number;

  beforeAll(async () => {
    const allowance = new Allowance(1000);
    server = createServer((socket) => {
      new Connection(
        socket,
        () => Promise.resolve(sent({ ok: 1 })),
        allowance,
        () => MAX_MESSAGE,
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());

  test('given messages that are answered, then what they took is given back', async () => {
    const client = new WireClient(port);
    for (let turn = 0; turn < 50; turn++) expect(await client.ask(PING)).toEqual({ ok: 1 });
    client.close();
  });

  test('given messages that are begun and not ended, then the one too many ends its connection, and the others go on', async () => {
    const begun = commandBytes({ ping: 'x'.repeat(2000), $db: 'admin' }).subarray(0, 400);
    const first = connect(port, '127.0.0.1');
    first.write(begun);
    const second = connect(port, '127.0.0.1');
    second.write(begun);
    const other = new WireClient(port);
    for (let turn = 0; turn < 5; turn++) await other.ask(PING);
    const third = connect(port, '127.0.0.1').on('error', () => {});
    third.write(begun);
    await once(third, 'close');
    expect(await other.ask(PING)).toEqual({ ok: 1 });
    first.destroy();
    second.destroy();
    other.close();
  });

  test('given connections that ended inside a message, then what they held is given back', async () => {
    for (let turn = 0; turn < 5; turn++) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      socket.end(commandBytes({ ping: 'x'.repeat(2000), $db: 'admin' }).subarray(0, 800));
      socket.resume();
      await once(socket, 'close');
    }
    const client = new WireClient(port);
    expect(await client.ask(PING)).toEqual({ ok: 1 });
    client.close();
  });
});

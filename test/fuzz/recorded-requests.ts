import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Stands between a client and a server and keeps what the client sends, connection by connection. */
export async function recordRequests(port: number, use: (port: number) => Promise<void>): Promise<Buffer[]> {
  const recorded: Buffer[][] = [];
  const proxy = createServer((client) => {
    const chunks: Buffer[] = [];
    recorded.push(chunks);
    const server = connect(port, '127.0.0.1');
    client.on('data', (chunk: Buffer) => chunks.push(chunk));
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  await use((proxy.address() as AddressInfo).port);
  proxy.close();
  return recorded.map((chunks) => Buffer.concat(chunks));
}

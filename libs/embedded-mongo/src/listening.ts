import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Credentials } from './engine/authentication/credentials.js';

/** Milliseconds until a client that does not finish its TLS handshake is let go. */
const HANDSHAKE_MS = 10_000;

export interface Access {
  /** The address to listen on; the loopback address unless another is given. */
  readonly host?: string;
  /** The one user who may log in; without it everybody may do everything. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Certificate chain and private key, both PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Who may log in. Throws when others than this machine could connect without a password, or without TLS. */
export function credentialsFor({ host = '127.0.0.1', login, tls }: Access): Credentials | undefined {
  if (!isLoopback(host) && !(login && tls)) {
    throw new Error(
      `The embedded database listens on ${host}, beyond this machine, only with a password and TLS. ` +
        `Give user, password, certificate and key, or leave the host out.`,
    );
  }
  return login && new Credentials(login.user, login.password);
}

/** Hands each connection to `accept` once it can be read from; a failed handshake ends its socket only. */
export function serverFor({ tls }: Access, accept: (socket: Socket) => void): Server {
  if (!tls) return createServer(accept);
  const server = createTlsServer({ ...tls, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS }, accept);
  return server.on('tlsClientError', (_, socket) => socket.destroy());
}

export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

import { createServer as createHttp1Server } from 'node:http';
import {
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { GrpcCall } from './grpc-call.js';
import { Allowance, LIMITS, type Limits, Rate } from './limits.js';
import { GrpcError, Status } from './status.js';

/** Answers a call on behalf of a caller, who is whatever `identify` made of the header `authorization`. */
export type Handler<Caller> = (call: GrpcCall, caller: Caller) => void;
export type Identify<Caller> = (authorization: string | undefined) => Caller | Promise<Caller>;

/** PEM text. */
export interface TlsIdentity {
  certificate: string;
  key: string;
}

const SESSION_WINDOW = 16 * 1024 * 1024;
const CLOSING_MS = 500;
const HTTP2_PREFACE = 'PRI ';

/** What is known of a client as long as it is connected. */
interface Peer {
  calls: number;
  /** A PING was sent to it and is not answered yet. */
  isAsked: boolean;
  readonly resets: Rate;
  readonly controlFrames: Rate;
}

/** gRPC over HTTP/2 on one port, which also answers HTTP/1 health checks; with an identity, all of it over TLS. */
export class GrpcServer<Caller> {
  private readonly http2;
  private readonly http1 = createHttp1Server((request, response) => {
    const healthy = request.url === '/ping' || request.url === '/health/live';
    response.writeHead(healthy ? (request.url === '/ping' ? 200 : 204) : 404, { connection: 'close' });
    response.end(request.url === '/ping' ? '{"msgTypeId":0,"text":"Ping request successfully handled"}' : undefined);
  });
  private readonly tcp: Server;
  private readonly peers = new Map<Http2Session, Peer>();
  private readonly sockets = new Set<Socket>();
  private readonly calls = new Set<GrpcCall>();
  private readonly allowance: Allowance;

  constructor(
    private readonly handlers: ReadonlyMap<string, Handler<Caller>>,
    private readonly identify: Identify<Caller>,
    tls?: TlsIdentity,
    private readonly limits: Limits = LIMITS,
  ) {
    this.tcp =
      tls === undefined ? createTcpServer({ noDelay: true }, (socket) => this.sniff(socket)) : this.overTls(tls);
    this.tcp.maxConnections = limits.sockets;
    this.allowance = new Allowance(limits.unfinishedBytes);
    this.http2 = createServer({
      maxSessionMemory: 512,
      settings: { initialWindowSize: 1024 * 1024, maxConcurrentStreams: limits.streamsPerSession },
    });
    this.http2.on('session', (session) => this.accept(session));
    this.http2.on('stream', (stream, headers) => this.dispatch(stream, headers));
    this.http2.on('sessionError', () => {});
  }

  private overTls({ certificate, key }: TlsIdentity): Server {
    const server = createTlsServer(
      {
        cert: certificate,
        key,
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['h2', 'http/1.1'],
        handshakeTimeout: this.limits.prefaceMs,
        noDelay: true,
      },
      (socket) => this.sniff(socket),
    );
    server.on('tlsClientError', (_, socket) => socket.destroy());
    return server;
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.tcp.once('error', reject);
      this.tcp.listen(port, host, resolve);
    });
    return (this.tcp.address() as AddressInfo).port;
  }

  /** The first bytes tell HTTP/2 from HTTP/1; a socket that does not come to the point is closed. */
  private sniff(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    const impatience = setTimeout(() => socket.destroy(), this.limits.prefaceMs);
    socket.on('close', () => {
      this.sockets.delete(socket);
      clearTimeout(impatience);
    });
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      const isHttp2 = HTTP2_PREFACE.startsWith(first.subarray(0, HTTP2_PREFACE.length).toString('latin1'));
      if (!isHttp2) this.http1.emit('connection', socket);
      else if (this.hasRoom()) {
        this.http2.once('session', (session) => session.once('remoteSettings', () => clearTimeout(impatience)));
        this.http2.emit('connection', socket);
      } else socket.destroy();
    });
  }

  /** When there are as many sessions as may be, one that has no call makes room: its client connects again. */
  private hasRoom(): boolean {
    if (this.peers.size < this.limits.sessions) return true;
    for (const [session, { calls }] of this.peers)
      if (calls === 0) {
        this.peers.delete(session);
        session.destroy();
        return true;
      }
    return false;
  }

  private accept(session: Http2Session): void {
    const { resets, controlFrames, windowMs, silenceMs } = this.limits;
    const peer: Peer = {
      calls: 0,
      isAsked: false,
      resets: new Rate(resets, windowMs),
      controlFrames: new Rate(controlFrames, windowMs),
    };
    this.peers.set(session, peer);
    session.on('close', () => this.peers.delete(session));
    session.on('error', () => {});
    session.setLocalWindowSize(SESSION_WINDOW);
    session.setTimeout(silenceMs);
    session.on('timeout', () => {
      if (peer.calls === 0 || peer.isAsked) session.destroy();
      else this.askWhetherAlive(session, peer);
    });
    const count = (): void => endFlood(session, peer.controlFrames);
    session.on('ping', count);
    session.on('remoteSettings', count);
  }

  /** The time-out is set anew, because a session that is broken sends nothing that would set it. */
  private askWhetherAlive(session: Http2Session, peer: Peer): void {
    peer.isAsked = true;
    session.ping((error) => (peer.isAsked = error !== null));
    session.setTimeout(this.limits.silenceMs);
  }

  private dispatch(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const call = new GrpcCall(stream, headers, this.allowance);
    const { session } = stream;
    const peer = session === undefined ? undefined : this.peers.get(session);
    this.calls.add(call);
    if (peer !== undefined) peer.calls += 1;
    stream.on('close', () => {
      this.calls.delete(call);
      if (session === undefined || peer === undefined) return;
      peer.calls -= 1;
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) endFlood(session, peer.resets);
    });
    const path = headers[':path'] ?? '';
    const handler = this.handlers.get(path);
    if (handler === undefined) {
      call.fail(new GrpcError(Status.UNIMPLEMENTED, unimplemented(path)));
      return;
    }
    call.guard(() => this.handle(handler, call, headers.authorization));
  }

  private handle(handler: Handler<Caller>, call: GrpcCall, authorization: string | undefined): void {
    const caller = this.identify(authorization);
    if (!(caller instanceof Promise)) {
      handler(call, caller);
      return;
    }
    // Nothing of the call is read before it is known who makes it.
    call.pause();
    caller.then(
      (known) => {
        call.guard(() => handler(call, known));
        call.resume();
      },
      (error: unknown) => call.fail(error),
    );
  }

  /** Ends open calls with UNAVAILABLE, which is what the client reconnects on. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.tcp.close(() => resolve()));
    const reason = new GrpcError(Status.UNAVAILABLE, 'The embedded event store is shutting down.');
    for (const call of this.calls) call.fail(reason);
    for (const session of this.peers.keys()) session.close();
    const impatience = setTimeout(() => {
      for (const socket of this.sockets) socket.destroy();
    }, CLOSING_MS);
    await closed;
    clearTimeout(impatience);
  }
}

function endFlood(session: Http2Session, rate: Rate): void {
  if (rate.exceeds(Date.now())) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
}

function unimplemented(path: string): string {
  if (path.includes('Projections'))
    return 'The embedded event store runs no projections; use a catch-up subscription or an EventStoreDB.';
  if (path.includes('users.Users'))
    return 'Without a password the embedded event store has no users; start it with one to manage them.';
  if (path.includes('Monitoring'))
    return 'The embedded event store gives no statistics over gRPC; ask the operating system about its process.';
  if (path.includes('Operations'))
    return `The embedded event store does not implement ${path}: it is one node, which its process starts and stops.`;
  return `The embedded event store does not implement ${path}.`;
}

import { createServer as createHttp1Server } from 'node:http';
import {
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { GrpcCall } from './grpc-call.js';
import { GrpcError, Status } from './status.js';

export type Handler = (call: GrpcCall) => void;

const MOST_SESSIONS = 64;
const MOST_STREAMS = 100;
/** A client that opens and resets calls faster than this is flooding the server. */
const MOST_RESETS = 200;
const RESET_WINDOW_MS = 10_000;
const PREFACE_MS = 5000;
const SESSION_WINDOW = 16 * 1024 * 1024;
const CLOSING_MS = 500;
const HTTP2_PREFACE = 'PRI ';

/** gRPC over HTTP/2 on one port, which also answers HTTP/1 health checks. */
export class GrpcServer {
  private readonly http2 = createServer({
    maxSessionMemory: 512,
    settings: { initialWindowSize: 1024 * 1024, maxConcurrentStreams: MOST_STREAMS },
  });
  private readonly http1 = createHttp1Server((request, response) => {
    const healthy = request.url === '/ping' || request.url === '/health/live';
    response.writeHead(healthy ? (request.url === '/ping' ? 200 : 204) : 404, { connection: 'close' });
    response.end(request.url === '/ping' ? '{"text":"Ping request successfully handled"}' : undefined);
  });
  private readonly tcp = createTcpServer({ noDelay: true }, (socket) => this.sniff(socket));
  private readonly sessions = new Set<Http2Session>();
  private readonly sockets = new Set<Socket>();
  private readonly calls = new Set<GrpcCall>();

  constructor(private readonly handlers: ReadonlyMap<string, Handler>) {
    this.http2.on('session', (session) => this.accept(session));
    this.http2.on('stream', (stream, headers) => this.dispatch(stream, headers));
    this.http2.on('sessionError', () => {});
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.tcp.once('error', reject);
      this.tcp.listen(port, host, resolve);
    });
    return (this.tcp.address() as AddressInfo).port;
  }

  /** The first bytes tell HTTP/2 from HTTP/1; a socket that sends none is closed. */
  private sniff(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
    const impatience = setTimeout(() => socket.destroy(), PREFACE_MS);
    socket.once('close', () => clearTimeout(impatience));
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      clearTimeout(impatience);
      if (first === null) return;
      socket.unshift(first);
      const isHttp2 = HTTP2_PREFACE.startsWith(first.subarray(0, HTTP2_PREFACE.length).toString('latin1'));
      if (isHttp2 && this.sessions.size >= MOST_SESSIONS) socket.destroy();
      else (isHttp2 ? this.http2 : this.http1).emit('connection', socket);
    });
  }

  private accept(session: Http2Session): void {
    this.sessions.add(session);
    session.on('close', () => this.sessions.delete(session));
    session.on('error', () => {});
    session.setLocalWindowSize(SESSION_WINDOW);
  }

  private dispatch(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const call = new GrpcCall(stream, headers);
    this.calls.add(call);
    stream.on('close', () => {
      this.calls.delete(call);
      if (stream.rstCode !== constants.NGHTTP2_NO_ERROR) this.countReset(stream.session);
    });
    const path = headers[':path'] ?? '';
    const handler = this.handlers.get(path);
    if (handler === undefined) {
      call.fail(new GrpcError(Status.UNIMPLEMENTED, unimplemented(path)));
      return;
    }
    call.guard(() => handler(call));
  }

  private readonly resets = new WeakMap<Http2Session, { since: number; count: number }>();

  private countReset(session: Http2Session | undefined): void {
    if (session === undefined) return;
    const now = Date.now();
    let window = this.resets.get(session);
    if (window === undefined || now - window.since > RESET_WINDOW_MS) {
      window = { since: now, count: 0 };
      this.resets.set(session, window);
    }
    window.count += 1;
    if (window.count > MOST_RESETS) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM);
  }

  /** Ends open calls with UNAVAILABLE, which is what the client reconnects on. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.tcp.close(() => resolve()));
    const reason = new GrpcError(Status.UNAVAILABLE, 'The embedded event store is shutting down.');
    for (const call of this.calls) call.fail(reason);
    for (const session of this.sessions) session.close();
    const impatience = setTimeout(() => {
      for (const socket of this.sockets) socket.destroy();
    }, CLOSING_MS);
    await closed;
    clearTimeout(impatience);
  }
}

function unimplemented(path: string): string {
  if (path.includes('Projections'))
    return 'The embedded event store runs no projections; use a catch-up subscription or an EventStoreDB.';
  return `The embedded event store does not implement ${path}.`;
}

import { once } from 'node:events';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { frame } from '../src/codec/responses.js';

export interface Answer {
  status: number;
  message: string;
  trailers: IncomingHttpHeaders;
  messages: Buffer[];
}

/** Calls methods that the official client has no function for. */
export class GrpcClient {
  private readonly session: ClientHttp2Session;

  constructor(url: string, certificate?: string) {
    this.session = connect(url, certificate === undefined ? {} : { ca: certificate });
    this.session.on('error', () => {});
  }

  async call(path: string, message: Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
    const call = this.session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    const answer: Answer = { status: -1, message: '', trailers: {}, messages: [] };
    const learn = (trailers: IncomingHttpHeaders): void => {
      if (trailers['grpc-status'] === undefined) return;
      answer.status = Number(trailers['grpc-status']);
      answer.message = decodeURIComponent([trailers['grpc-message'] ?? ''].flat().join());
      answer.trailers = trailers;
    };
    call.on('response', learn);
    call.on('trailers', learn);
    const chunks: Buffer[] = [];
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.end(frame(Buffer.from(message)));
    await once(call, 'close');
    answer.messages = messagesIn(Buffer.concat(chunks));
    return answer;
  }

  close(): void {
    this.session.destroy();
  }
}

function messagesIn(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 5 + bytes.readUInt32BE(at + 1);
    messages.push(bytes.subarray(at + 5, end));
    at = end;
  }
  return messages;
}

export const basic = (name: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

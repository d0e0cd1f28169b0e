import { connect } from 'node:http2';
import { Reader } from './codec/reader.js';
import { frame } from './codec/responses.js';
import { MessageSplitter } from './transport/message-splitter.js';

const PATH = '/event_store.client.operations.Operations/StartScavenge';
const PATIENCE_MS = 10_000;

/**
 * Asks a server, this one or an EventStoreDB, to scavenge itself; the official Node client has no call for that.
 * `address` is http://host:port or esdb://host:port, of a server without TLS. Answers the scavenge's id.
 * @throws Error with the server's sentence, or why there is none.
 */
export async function requestScavenge(address: string): Promise<string> {
  const session = connect(httpAddress(address));
  try {
    return await new Promise<string>((resolve, reject) => {
      session.on('error', reject);
      session.setTimeout(PATIENCE_MS, () => reject(new Error(`${address} did not answer.`)));
      const call = session.request({
        ':method': 'POST',
        ':path': PATH,
        'content-type': 'application/grpc',
        te: 'trailers',
      });
      const splitter = new MessageSplitter();
      let id: string | undefined;
      const ended = ({ 'grpc-status': status, 'grpc-message': message }: Record<string, unknown>): void => {
        if (status !== undefined && status !== '0') reject(new Error(decodeURIComponent(String(message))));
      };
      call.on('response', ended);
      call.on('trailers', ended);
      call.on('data', (chunk: Buffer) => splitter.push(chunk, (answer) => (id = scavengeId(answer))));
      call.on('error', reject);
      // A server of another protocol closes the connection, and that is no error to http2.
      call.on('close', () =>
        id === undefined ? reject(new Error(`${address} is no event store without TLS.`)) : resolve(id),
      );
      call.end(frame(Buffer.alloc(0)));
    });
  } finally {
    session.destroy();
  }
}

function httpAddress(address: string): string {
  const match = /^(?:http|esdb):\/\/([^/?#]+)/.exec(address);
  if (match === null) throw new Error(`${address} is no address of an event store. Say http://host:port.`);
  return `http://${match[1]}`;
}

/** ScavengeResp: the id is field 1. */
function scavengeId(answer: Buffer): string {
  const reader = new Reader(answer);
  let id = '';
  while (!reader.done) {
    const tag = reader.uint32();
    if (tag === 0x0a) id = reader.string();
    else reader.skip(tag);
  }
  return id;
}

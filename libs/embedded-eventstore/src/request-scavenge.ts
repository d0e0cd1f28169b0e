import { connect } from 'node:http2';
import { Reader } from './codec/reader.js';
import { frame } from './codec/responses.js';
import { Writer } from './codec/writer.js';
import { serverAddress } from './server-address.js';
import { MessageSplitter } from './transport/message-splitter.js';

const PATH = '/event_store.client.operations.Operations/StartScavenge';
const PATIENCE_MS = 10_000;
/** StartScavengeReq with its options, without which EventStoreDB 24.2.0 fails: one thread, from the beginning. */
const REQUEST = frame(new Writer().message(1, (options) => options.varint(1, 1)).finish());

/**
 * Asks a server, this one or an EventStoreDB, to scavenge itself; the official Node client has no call for that.
 * Answers the scavenge's id.
 * @throws Error with the server's sentence, or why there is none.
 */
export async function requestScavenge(address: string): Promise<string> {
  const { origin, authority, authorization } = serverAddress(address);
  const session = connect(origin, { ca: authority });
  try {
    return await new Promise<string>((resolve, reject) => {
      session.on('error', reject);
      session.setTimeout(PATIENCE_MS, () => reject(new Error(`${origin} did not answer.`)));
      const call = session.request({
        ':method': 'POST',
        ':path': PATH,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...(authorization !== undefined && { authorization }),
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
        id === undefined ? reject(new Error(`There is no event store at ${origin}.`)) : resolve(id),
      );
      call.end(REQUEST);
    });
  } finally {
    session.destroy();
  }
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

import { FRAME } from './raw-http2.js';

const PREFACE_LENGTH = 24;
const PADDED = 8;

/** The bodies of the calls that a client made on one connection, in the order of their streams. */
export function bodiesOf(connection: Buffer): Buffer[] {
  const bodies = new Map<number, Buffer[]>();
  for (let at = PREFACE_LENGTH; at + 9 <= connection.length;) {
    const length = connection.readUIntBE(at, 3);
    const [type, flags, stream] = [connection[at + 3], connection[at + 4]!, connection.readUInt32BE(at + 5)];
    if (type === FRAME.data && (flags & PADDED) === 0)
      bodies.set(stream, [...(bodies.get(stream) ?? []), connection.subarray(at + 9, at + 9 + length)]);
    at += 9 + length;
  }
  return [...bodies.values()].map((chunks) => Buffer.concat(chunks)).filter(({ length }) => length > 0);
}

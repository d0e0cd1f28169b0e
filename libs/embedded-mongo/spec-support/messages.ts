import type { BSON } from 'mongodb';
import { sent } from './documents.js';

/** The bytes of a message round `body`; `length` is what it announces. */
export function message(body: Buffer, flags = 0, length = 21 + body.length): Buffer {
  const head = Buffer.alloc(21);
  head.writeInt32LE(length, 0);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE(flags, 16);
  return Buffer.concat([head, body]);
}

/** A command as it stands: the driver would put a session of its own into it. */
export function command(body: BSON.Document): Buffer {
  return message(sent(body).bytes);
}

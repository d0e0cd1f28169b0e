import { BSON } from 'mongodb';
import { commandBytes } from './wire-client.js';

const PING = { ping: 1, $db: 'admin' };

function withOpcode(opcode: number): Buffer {
  const message = commandBytes(PING);
  message.writeInt32LE(opcode, 12);
  return message;
}

/** A ping whose bytes are changed where the document begins, 21 bytes into the message. */
function withLength(at: number, length: number, command: BSON.Document = PING): Buffer {
  const message = commandBytes(command);
  message.writeInt32LE(length, 21 + at);
  return message;
}

/** Documents and arrays inside each other, `depth` below the outermost. */
export function nested(depth: number): unknown {
  let value: unknown = {};
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

/** A second section of the message: a document sequence that says how long it is. */
function withSequence(length: number): Buffer {
  const sequence = Buffer.alloc(1 + 4 + 'documents'.length + 1);
  sequence[0] = 1;
  sequence.writeInt32LE(length, 1);
  sequence.write('documents', 5);
  const message = Buffer.concat([commandBytes({ insert: 'c', $db: 'test' }), sequence]);
  message.writeInt32LE(message.length, 0);
  return message;
}

/** What no driver sends, by name: each ends its connection without an answer. */
export const hostileMessages: Readonly<Record<string, Buffer>> = {
  'a message of 2 GiB': commandBytes(PING, 2 ** 31 - 1),
  'a message of a negative length': commandBytes(PING, -2),
  'a message shorter than its head': commandBytes(PING, 3),
  OP_COMPRESSED: withOpcode(2012),
  'an insert of the time before OP_MSG': withOpcode(2002),
  'an unknown opcode': withOpcode(9999),
  'a document of 2 GiB': withLength(0, 2 ** 31 - 1),
  'a string of 2 GiB': withLength(4 + 1 + 'ping'.length + 1, 2 ** 31 - 1, { ping: 'x', $db: 'admin' }),
  'a string of a negative length': withLength(4 + 1 + 'ping'.length + 1, -5, { ping: 'x', $db: 'admin' }),
  'a document sequence of 2 GiB': withSequence(2 ** 31 - 1),
  'a document sequence of a negative length': withSequence(-1),
  'a document sequence that does not end where it says': withSequence(9),
};

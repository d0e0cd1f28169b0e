import { validate, MalformedBson, NestedTooDeep } from '../codec/validate.js';
import { Arr, Doc, type Value } from '../codec/values.js';

export const MAX_MESSAGE = 48_000_000;
const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;

export interface Request {
  readonly id: number;
  readonly isLegacy: boolean;
  readonly wantsReply: boolean;
  readonly database: string;
  readonly body: Doc;
  /** Why the message is answered with an error instead of being looked at. */
  readonly refusal?: string;
}

/** The length a message announces, once four bytes are there. */
export function announcedLength(buffer: Buffer, longest: number): number {
  const length = buffer.readInt32LE(0);
  if (length < HEADER + 5 || length > longest) throw new MalformedBson(`a message of ${length} bytes`);
  return length;
}

export function parseRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code !== OP_MSG && code !== OP_QUERY) throw new MalformedBson(`the message type ${code} is not supported`);
  try {
    return code === OP_MSG ? parseMessage(id, message) : parseQuery(id, message);
  } catch (error) {
    if (!(error instanceof NestedTooDeep)) throw error;
    const wantsReply = code === OP_QUERY || wantsReplyTo(message);
    return { id, isLegacy: code === OP_QUERY, wantsReply, database: '', body: NOTHING, refusal: error.message };
  }
}

const NOTHING = Doc.of([]);

function wantsReplyTo(message: Buffer): boolean {
  return (message.readUInt32LE(HEADER) & MORE_TO_COME) === 0;
}

function readDocument(message: Buffer, at: number, end: number): { readonly document: Doc; readonly next: number } {
  const size = validate(message, at, end);
  return { document: new Doc(message.subarray(at, at + size)), next: at + size };
}

function readSequence(message: Buffer, at: number, end: number): { name: string; documents: Doc[]; next: number } {
  if (at + 4 > end) throw new MalformedBson('a document sequence is cut off');
  const stop = at + message.readInt32LE(at);
  const nameEnd = message.indexOf(0, at + 4);
  if (stop > end || nameEnd < 0 || nameEnd >= stop) throw new MalformedBson('a document sequence does not add up');
  const documents: Doc[] = [];
  let position = nameEnd + 1;
  while (position < stop) {
    const { document, next } = readDocument(message, position, stop);
    documents.push(document);
    position = next;
  }
  return { name: message.toString('utf8', at + 4, nameEnd), documents, next: stop };
}

function parseMessage(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER);
  const unknown = flags & 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME);
  if (unknown || flags >>> 0 >= EXHAUST_ALLOWED * 2) throw new MalformedBson('unknown message flags');
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let at = HEADER + 4;
  let body: Doc | undefined;
  const sequences: [string, Doc[]][] = [];
  while (at < end) {
    const kind = message[at++];
    if (kind === 0 && !body) {
      const { document, next } = readDocument(message, at, end);
      body = document;
      at = next;
    } else if (kind === 1) {
      const { name, documents, next } = readSequence(message, at, end);
      sequences.push([name, documents]);
      at = next;
    } else throw new MalformedBson('unknown message section');
  }
  const database = body?.get('$db');
  if (!body || typeof database !== 'string') throw new MalformedBson('a message without a command');
  const fields = new Map<string, Value>(body.fields);
  for (const [name, documents] of sequences) {
    if (fields.has(name)) throw new MalformedBson(`the field ${name} is given twice`);
    fields.set(name, Arr.of(documents));
  }
  return { id, isLegacy: false, wantsReply: wantsReplyTo(message), database, body: new Doc(undefined, fields) };
}

/** Drivers greet with the old message type before they know the server. */
function parseQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  if (nameEnd < 0 || nameEnd + 9 > message.length) throw new MalformedBson('a query is cut off');
  const namespace = message.toString('utf8', HEADER + 4, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new MalformedBson('legacy queries are not supported');
  const { document } = readDocument(message, nameEnd + 9, message.length);
  return { id, isLegacy: true, wantsReply: true, database: namespace.slice(0, -'.$cmd'.length), body: document };
}

let lastReplyId = 0;

export function encodeReply(request: Request, answer: Doc): Buffer[] {
  const bytes = answer.bytes;
  const head = Buffer.alloc(request.isLegacy ? HEADER + 20 : HEADER + 5);
  head.writeInt32LE(head.length + bytes.length, 0);
  lastReplyId = (lastReplyId + 1) | 0;
  head.writeInt32LE(lastReplyId, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.isLegacy ? OP_REPLY : OP_MSG, 12);
  if (request.isLegacy) {
    head.writeInt32LE(8, HEADER);
    head.writeInt32LE(1, HEADER + 16);
  }
  return [head, bytes];
}

import { BSON } from 'mongodb';
import { Doc, type Value } from '../src/codec/values.js';

/** A document as the driver would send it. */
export function sent(document: BSON.Document): Doc {
  return new Doc(Buffer.from(BSON.serialize(document, { ignoreUndefined: true })));
}

export function sentValue(value: unknown): Value {
  return sent({ value }).get('value') as Value;
}

/** A document as the driver would show it. */
export function shown(document: Doc): BSON.Document {
  return BSON.deserialize(document.bytes, { promoteLongs: false });
}

/** The deprecated type that today's driver cannot send. */
export const WITH_UNDEFINED = new Doc(Buffer.from([8, 0, 0, 0, 6, 0x61, 0, 0]));

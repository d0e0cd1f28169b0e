import { BSON } from 'mongodb';
import { sent } from './documents.js';
import type { Doc } from '../src/codec/values.js';
import { MongoError } from '../src/engine/errors.js';
import { parseUpdate } from '../src/engine/update.js';

/** A document with the type of each value, so that 1 is told from 1.0. */
export function typed(document: Doc): string {
  return BSON.EJSON.stringify(BSON.deserialize(document.bytes, { promoteValues: false }), { relaxed: false });
}

export function updated(before: BSON.Document, change: BSON.Document, inserting = false): Doc {
  return parseUpdate(sent({ change }).get('change')).apply(sent({ _id: 1, ...before }), inserting);
}

/** What `updated` is expected to make. */
export function typedDocument(after: BSON.Document): string {
  return typed(sent({ _id: 1, ...after }));
}

export function refusal(action: () => unknown): { readonly code: number; readonly message: string } {
  try {
    action();
  } catch (error) {
    if (error instanceof MongoError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it was not refused');
}

/** The document that comes of it with its types, or the code of the refusal. */
export function outcome(before: BSON.Document, change: BSON.Document, inserting = false): string | number {
  try {
    return typed(updated(before, change, inserting));
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
}

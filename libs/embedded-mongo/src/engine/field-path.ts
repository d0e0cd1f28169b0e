import { MongoError } from './errors.js';
import { splitPath, type Path } from './path.js';

const MAX_PARTS = 200;
/** The fields of a DBRef, which alone may begin so. */
const WITH_DOLLAR = new Set(['$id', '$ref', '$db']);

/** A field path of an aggregation, a sort or a projection. Each rule of the server's has a code of its own. */
export function parseFieldName(name: string): Path {
  if (name === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
  if (name.endsWith('.')) throw new MongoError(40353, "FieldPath must not end with a '.'.");
  const path = splitPath(name);
  if (path.length > MAX_PARTS) throw new MongoError(15, 'FieldPath is too long');
  for (const part of path) {
    if (part === '') throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (part.startsWith('$') && !WITH_DOLLAR.has(part))
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    if (part.includes('\0')) throw new MongoError(16411, 'FieldPath field names may not contain null bytes.');
  }
  return path;
}

/** The name of a new field of a document that a stage makes. */
export function checkNewField(name: string): void {
  if (name === '') throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  if (name.startsWith('$')) {
    throw new MongoError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
  if (name.includes('.')) throw new MongoError(16412, `FieldPath field names may not contain '.'.`);
}

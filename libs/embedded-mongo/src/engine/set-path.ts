import { MAX_DEPTH } from '../codec/validate.js';
import { Arr, Doc, type Value } from '../codec/values.js';
import { badValue, MongoError } from './errors.js';
import { isArrayIndex, type Path } from './path.js';
import { show } from './index-definition.js';

/** Maps the present value at a path to the new one; undefined on the right side removes it. */
export type Change = (current: Value | undefined) => Value | undefined;

const MAX_PADDING = 1_500_000;

/**
 * A copy of `root` with the value at `path` changed; what lies beside the path is shared. Missing parents are made
 * unless `create` is false; then a path that does not exist, or leads through a scalar, leaves all as it is.
 */
export function changeAt(root: Doc, path: Path, create: boolean, change: Change): Doc {
  const changed = step(root, path, 0, create, change);
  return changed instanceof Doc ? changed : root;
}

function depthOf(value: Value): number {
  if (!(value instanceof Doc || value instanceof Arr)) return 0;
  let deepest = 0;
  for (const item of value instanceof Doc ? value.fields.values() : value.items) {
    deepest = Math.max(deepest, depthOf(item));
  }
  return deepest + 1;
}

/** A path can make a document deeper than any message that brought it; the drivers could not read such a one. */
export function refuseTooDeep(path: Path, operand: Value): void {
  if (path.length <= 3 || path.length + depthOf(operand) < MAX_DEPTH) return;
  throw new MongoError(15, `The update would nest a document deeper than ${MAX_DEPTH} levels`);
}

function step(value: Value | undefined, path: Path, at: number, create: boolean, change: Change): Value | undefined {
  if (at === path.length) return change(value);
  if (value === undefined)
    return create ? stepInto(new Doc(undefined, new Map()), path, at, create, change) : undefined;
  if (value instanceof Doc) return stepInto(value, path, at, create, change);
  if (value instanceof Arr) return stepArray(value, path, at, create, change);
  if (!create) return value;
  throw new MongoError(28, `Cannot create field '${path[at]}' in element {${path[at - 1]}: ${show(value)}}`);
}

function stepInto(document: Doc, path: Path, at: number, create: boolean, change: Change): Doc {
  const name = path[at] as string;
  const before = document.get(name);
  const after = step(before, path, at + 1, create, change);
  if (after === before) return document;
  const fields = new Map(document.fields);
  if (after === undefined) fields.delete(name);
  else fields.set(name, after);
  return new Doc(undefined, fields);
}

function stepArray(array: Arr, path: Path, at: number, create: boolean, change: Change): Arr {
  const part = path[at] as string;
  if (!isArrayIndex(part)) {
    if (!create) return array;
    throw new MongoError(28, `Cannot create field '${part}' in element {${path[at - 1]}: ${show(array)}}`);
  }
  const index = Number(part);
  const before = array.items[index];
  const after = step(before, path, at + 1, create, change);
  if (after === before) return array;
  const items = [...array.items];
  if (index - items.length > MAX_PADDING) throw badValue(`can't backfill array to larger than ${MAX_PADDING} elements`);
  while (items.length < index) items.push(null);
  items[index] = after ?? null;
  return Arr.of(items);
}

import { Arr, Doc, UNDEFINED, type Value } from '../codec/values.js';
import { MongoError } from './errors.js';

export type Path = readonly string[];

export function splitPath(path: string): Path {
  return path.split('.');
}

export function isArrayIndex(part: string): boolean {
  return part === '0' || /^[1-9]\d{0,8}$/.test(part);
}

/** Calls `visit` with each value the path means in a query; true from `visit` ends the walk with true. */
export type Visit = (value: Value | undefined) => boolean;

/**
 * MongoDB's query traversal: documents inside an array are entered, other elements on the way are skipped, a number
 * also means the position. `expand` adds the elements of an array at the end of the path, before the array itself,
 * but not those of an array that a position named.
 */
export function visitPath(root: Doc, path: Path, expand: boolean, visit: Visit, from = 0): boolean {
  let value: Value | undefined = root;
  for (let i = from; i < path.length; i++) {
    if (value instanceof Arr) return visitArray(value, path, i, expand, visit);
    if (!(value instanceof Doc)) return visit(undefined);
    value = value.get(path[i] as string);
  }
  return visitLeaf(value, expand, visit);
}

function visitLeaf(value: Value | undefined, expand: boolean, visit: Visit): boolean {
  if (expand && value instanceof Arr) {
    for (const item of value.items) if (visit(item)) return true;
  }
  return visit(value);
}

function visitArray(array: Arr, path: Path, at: number, expand: boolean, visit: Visit): boolean {
  const part = path[at] as string;
  const position = isArrayIndex(part) ? Number(part) : -1;
  const items = array.items;
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Value;
    if (item instanceof Doc && visitPath(item, path, expand, visit, at)) return true;
    if (i !== position) continue;
    if (at === path.length - 1) {
      if (visit(item)) return true;
    } else if (item instanceof Doc) {
      if (visitPath(item, path, expand, visit, at + 1)) return true;
    } else if (item instanceof Arr && visitArray(item, path, at + 1, expand, visit)) return true;
  }
  return false;
}

interface Hit {
  readonly array: Arr;
  readonly used: number;
}

/** The element a number in a path means; undefined where it means a field of the elements instead. */
function itemAt(array: Arr, part: string): Value | undefined {
  if (!isArrayIndex(part)) return undefined;
  const item = array.items[Number(part)];
  if (item === undefined) return undefined;
  if (array.items.some((other) => other instanceof Doc && other.get(part) !== undefined)) {
    throw new MongoError(
      16746,
      `Ambiguous field name found in array (do not use numeric field names in embedded elements in an array), field: '${part}'`,
    );
  }
  return item;
}

function walkToArray(root: Doc, path: Path): Value | undefined | Hit {
  let value: Value | undefined = root;
  let byPosition = false;
  for (let i = 0; i < path.length; i++) {
    const part = path[i] as string;
    if (value instanceof Arr) {
      const item = itemAt(value, part);
      if (item === undefined) return { array: value, used: i };
      value = item;
      byPosition = true;
    } else if (value instanceof Doc) {
      value = value.get(part);
      byPosition = false;
    } else return undefined;
  }
  return value instanceof Arr && !byPosition ? { array: value, used: path.length } : value;
}

function isHit(found: Value | undefined | Hit): found is Hit {
  return typeof found === 'object' && found !== null && 'array' in found;
}

export interface KeySet {
  /** Tuples of values, one for each field of the pattern; undefined where the field is missing. */
  readonly tuples: readonly (readonly (Value | undefined)[])[];
  /** Which fields of the pattern met an array. */
  readonly arrays: readonly boolean[];
}

/** What an index or a sort sees in a document: one tuple for each element of the one array the pattern meets. */
export function keyTuples(root: Doc, paths: readonly Path[], parallel: (message: string) => MongoError): KeySet {
  const tuples: (Value | undefined)[][] = [];
  const arrays = paths.map(() => false);
  const expand = (
    document: Doc | undefined,
    rest: readonly (Path | undefined)[],
    fixed: (Value | undefined)[],
  ): void => {
    const values = [...fixed];
    const hits = new Map<number, Hit>();
    let shared: Arr | undefined;
    rest.forEach((path, field) => {
      if (!path) return;
      const found = document ? walkToArray(document, path) : undefined;
      if (!isHit(found)) {
        values[field] = found;
        return;
      }
      if (shared && shared !== found.array) {
        throw parallel(`cannot index parallel arrays [${paths[field]?.at(-1)}]`);
      }
      shared = found.array;
      arrays[field] = true;
      hits.set(field, found);
    });
    if (!shared) {
      tuples.push(values);
      return;
    }
    // An empty array counts as undefined where the path ends at it, and as missing where the path goes on.
    for (const item of shared.items.length > 0 ? shared.items : [undefined]) {
      const next = rest.map((path, field) => {
        const hit = hits.get(field);
        if (!hit || !path) return undefined;
        const left = path.slice(hit.used);
        if (left.length > 0) return left;
        values[field] = item === undefined ? UNDEFINED : item;
        return undefined;
      });
      expand(item instanceof Doc ? item : undefined, next, values);
    }
  };
  expand(
    root,
    paths,
    paths.map(() => undefined),
  );
  return { tuples, arrays };
}

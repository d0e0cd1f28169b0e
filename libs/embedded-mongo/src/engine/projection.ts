import { toNumber } from '../codec/decimal.js';
import { Arr, Doc, isNumeric, type Value } from '../codec/values.js';
import { MongoError, notSupported } from './errors.js';
import { parseFieldName } from './field-path.js';
import type { Path } from './path.js';

export type Projection = (document: Doc) => Doc;

interface Tree {
  readonly children: Map<string, Tree | true>;
}

function flag(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return isNumeric(value) ? toNumber(value) !== 0 : undefined;
}

function checkedPath(name: string): Path {
  if (/(^|\.)\$(\.|$)/.test(name)) throw notSupported(`the positional projection path '${name}'`);
  return parseFieldName(name);
}

function addPath(tree: Tree, name: string, path: Path): void {
  let at = tree;
  path.forEach((part, i) => {
    const child = at.children.get(part);
    const last = i === path.length - 1;
    if (child === true || (last && child)) {
      throw new MongoError(last ? 31250 : 31249, `Path collision at ${name}`);
    }
    if (last) at.children.set(part, true);
    else {
      const next = child ?? { children: new Map<string, Tree | true>() };
      at.children.set(part, next);
      at = next;
    }
  });
}

function include(document: Doc, tree: Tree): Doc {
  const fields = new Map<string, Value>();
  for (const [name, value] of document.fields) {
    const child = tree.children.get(name);
    if (!child) continue;
    const kept = child === true ? value : includeValue(value, child);
    if (kept !== undefined) fields.set(name, kept);
  }
  return new Doc(undefined, fields);
}

/** Below a path only documents can hold the field; other values are left out. */
function includeValue(value: Value, tree: Tree): Value | undefined {
  if (value instanceof Doc) return include(value, tree);
  if (!(value instanceof Arr)) return undefined;
  return Arr.of(value.items.map((item) => includeValue(item, tree)).filter((item) => item !== undefined));
}

function exclude(document: Doc, tree: Tree): Doc {
  const fields = new Map<string, Value>();
  for (const [name, value] of document.fields) {
    const child = tree.children.get(name);
    if (child !== true) fields.set(name, child ? excludeValue(value, child) : value);
  }
  return new Doc(undefined, fields);
}

function excludeValue(value: Value, tree: Tree): Value {
  if (value instanceof Doc) return exclude(value, tree);
  return value instanceof Arr ? Arr.of(value.items.map((item) => excludeValue(item, tree))) : value;
}

function flatten(document: Doc, prefix: string, into: [string, Value][]): void {
  for (const [name, value] of document.fields) {
    const [first] = value instanceof Doc ? value.fields.keys() : [];
    if (value instanceof Doc && first !== undefined && !first.startsWith('$'))
      flatten(value, `${prefix}${name}.`, into);
    else into.push([prefix + name, value]);
  }
}

/** Inclusion or exclusion. Computed fields are refused here; the aggregation stage adds field paths of its own. */
export function parseProjection(value: Value | undefined): Projection | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Doc)) throw new MongoError(14, 'Expected field projection to be of type object');
  const entries: [string, Value][] = [];
  flatten(value, '', entries);
  if (entries.length === 0) return undefined;
  const tree: Tree = { children: new Map() };
  let mode: boolean | undefined;
  let id: boolean | undefined;
  for (const [name, operand] of entries) {
    const path = checkedPath(name);
    const wanted = flag(operand);
    if (wanted === undefined)
      throw notSupported(`the projection expression at '${name}'; only inclusion and exclusion`);
    if (name === '_id') {
      id = wanted;
      continue;
    }
    if (mode !== undefined && mode !== wanted) {
      throw wanted
        ? new MongoError(31253, `Cannot do inclusion on field ${name} in exclusion projection`)
        : new MongoError(31254, `Cannot do exclusion on field ${name} in inclusion projection`);
    }
    mode = wanted;
    addPath(tree, name, path);
  }
  const inclusion = mode ?? id ?? false;
  if (inclusion ? id !== false && !tree.children.has('_id') : id === false) tree.children.set('_id', true);
  return inclusion ? (document) => include(document, tree) : (document) => exclude(document, tree);
}

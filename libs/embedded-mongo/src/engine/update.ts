import { randomBytes } from 'node:crypto';
import { compareValues } from '../codec/compare.js';
import { dollarName } from '../codec/scan.js';
import { Arr, Doc, Oid, valueBytes, type Value } from '../codec/values.js';
import { checkId } from './collection.js';
import { MongoError, notSupported } from './errors.js';
import { show } from './index-definition.js';
import { isArrayIndex, splitPath, type Path } from './path.js';
import { changeAt, refuseTooDeep, type Change } from './set-path.js';
import { withTimestampsSet } from './timestamps.js';
import { operatorNamed, type Subject } from './update-operators.js';

export interface Update {
  /** The document after the update; `inserting` also applies $setOnInsert. */
  apply(document: Doc, inserting: boolean): Doc;
  readonly isReplacement: boolean;
  /** A replacement that names no id counts as a change even where it changes nothing: the server compares it as sent. */
  readonly countsUnchanged: boolean;
}

interface Step {
  readonly path: Path;
  readonly name: string;
  readonly creates: boolean;
  readonly onlyOnInsert: boolean;
  readonly change: (subject: Subject) => Change;
}

let counter = randomBytes(3).readUIntBE(0, 3);
const MACHINE = randomBytes(5);

export function newObjectId(): Oid {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000), 0);
  MACHINE.copy(bytes, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new Oid(bytes);
}

function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && valueBytes(a).equals(valueBytes(b)));
}

/** `_id` first, made up when there is none: the driver appends it last. */
export function withIdFirst(document: Doc, id = document.get('_id')): Doc {
  if (document.firstName === '_id' && sameValue(document.get('_id'), id)) return document;
  const fields = new Map<string, Value>([['_id', id ?? newObjectId()]]);
  for (const [name, value] of document.fields) if (name !== '_id') fields.set(name, value);
  return new Doc(undefined, fields);
}

/** Below the top level a name may begin with a dollar, and so may a new document's. */
function checkPath(path: Path, name: string, operator: string): void {
  if (path.some((part) => part === '')) {
    throw new MongoError(56, `The update path '${name}' contains an empty field name, which is not allowed.`);
  }
  if (path.some((part) => part === '$' || part.startsWith('$[')))
    throw notSupported(`the positional update path '${name}'`);
  if (name.startsWith('$') && operator !== '$setOnInsert') {
    throw new MongoError(
      52,
      `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update`,
    );
  }
}

/** The server works through the paths in order, numbers as numbers: new fields appear in that order. */
function comparePaths(a: Path, b: Path): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [left, right] = [a[i] as string, b[i] as string];
    if (left === right) continue;
    if (isArrayIndex(left) && isArrayIndex(right)) return Number(left) - Number(right);
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

function refuseConflicts(steps: readonly Step[]): void {
  const taken = new Set<string>();
  const parents = new Set<string>();
  for (const { path, name } of steps) {
    const prefixes = path.map((_, i) => path.slice(0, i + 1).join('.'));
    const clash = prefixes.find((prefix) => taken.has(prefix)) ?? (parents.has(name) ? name : undefined);
    if (clash) throw new MongoError(40, `Updating the path '${name}' would create a conflict at '${clash}'`);
    taken.add(name);
    for (const prefix of prefixes) parents.add(prefix);
  }
}

function parseOperators(document: Doc): Update {
  const steps: Step[] = [];
  for (const [operator, operands] of document.fields) {
    if (!operator.startsWith('$')) {
      throw new MongoError(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    const known = operatorNamed(operator);
    if (!(operands instanceof Doc)) {
      throw new MongoError(
        9,
        `Modifiers operate on fields but we found type ${typeof operands} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${show(operands)}}`,
      );
    }
    for (const [name, operand] of operands.fields) {
      const path = splitPath(name);
      checkPath(path, name, operator);
      refuseTooDeep(path, operand);
      const change = known.prepare(operand, name);
      steps.push({ path, name, creates: known.creates, onlyOnInsert: operator === '$setOnInsert', change });
    }
  }
  refuseConflicts(steps);
  steps.sort((a, b) => comparePaths(a.path, b.path));
  const now = (): bigint => BigInt(Date.now());
  return {
    isReplacement: false,
    countsUnchanged: false,
    apply(before, inserting) {
      let after = before;
      for (const { path, creates, onlyOnInsert, change } of steps) {
        if (onlyOnInsert && !inserting) continue;
        after = changeAt(after, path, creates, change({ document: before, now }));
      }
      keepId(before, after, inserting);
      return after;
    },
  };
}

function keepId(before: Doc, after: Doc, inserting: boolean): void {
  const [old, id] = [before.get('_id'), after.get('_id')];
  if (sameValue(old, id) || (old === undefined && inserting)) return;
  throw new MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}

function parseReplacement(replacement: Doc): Update {
  const name = dollarName(replacement.bytes);
  if (name !== undefined) {
    throw new MongoError(
      52,
      `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of a replacement`,
    );
  }
  const id = replacement.get('_id');
  return {
    isReplacement: true,
    countsUnchanged: id === undefined,
    apply(before) {
      const kept = before.get('_id');
      if (id !== undefined && kept !== undefined && !sameValue(id, kept) && compareValues(id, kept) !== 0) {
        throw new MongoError(
          66,
          `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(id)}`,
        );
      }
      return withIdFirst(withTimestampsSet(replacement), kept ?? id);
    },
  };
}

export function parseUpdate(value: Value | undefined): Update {
  if (value instanceof Arr) throw notSupported('an update with an aggregation pipeline');
  if (!(value instanceof Doc)) throw new MongoError(9, 'Update argument must be either an object or an array');
  return value.firstName?.startsWith('$') ? parseOperators(value) : parseReplacement(value);
}

/** What an upsert starts from: the fields the filter holds to one value. */
export function documentFromFilter(filter: Doc, isReplacement: boolean): Doc {
  const equalities = new Map<string, Value>();
  collectEqualities(filter, equalities);
  let document = new Doc(undefined, new Map());
  for (const [name, value] of equalities) {
    if (isReplacement && name !== '_id') continue;
    const path = splitPath(name);
    refuseTooDeep(path, value);
    for (const other of equalities.keys()) {
      if (other !== name && other.startsWith(`${name}.`)) {
        throw new MongoError(54, `cannot infer query fields to set, both paths '${other}' and '${name}' are matched`);
      }
    }
    document = changeAt(document, path, true, () => value);
  }
  return document;
}

function collectEqualities(filter: Doc, into: Map<string, Value>): void {
  const add = (name: string, value: Value): void => {
    if (into.has(name)) throw new MongoError(54, `cannot infer query fields to set, path '${name}' is matched twice`);
    into.set(name, value);
  };
  for (const [name, value] of filter.fields) {
    if ((name === '$and' || name === '$or') && value instanceof Arr) {
      if (name === '$or' && value.items.length > 1) continue;
      for (const part of value.items) if (part instanceof Doc) collectEqualities(part, into);
    } else if (!name.startsWith('$')) {
      const single = equalityOf(value);
      if (single !== undefined) add(name, single);
    }
  }
}

function equalityOf(value: Value): Value | undefined {
  if (typeof value === 'object' && value !== null && 'pattern' in value) return undefined;
  if (!(value instanceof Doc)) return value;
  if (!value.firstName?.startsWith('$')) return value;
  if (value.fields.has('$eq')) return value.get('$eq');
  for (const name of ['$in', '$all']) {
    const list = value.get(name);
    if (list instanceof Arr && list.items.length === 1) {
      const [only] = list.items;
      return only === undefined ? undefined : equalityOf(only);
    }
  }
  return undefined;
}

export function upsertDocument(filter: Doc, update: Update): Doc {
  const base = documentFromFilter(filter, update.isReplacement);
  const document = withIdFirst(update.apply(base, true));
  checkId(document.get('_id') ?? null);
  return document;
}

import { Arr, Doc, isNumeric, Regex, Rare, BSON_TYPE, type Value } from '../codec/values.js';
import { compareNumbers } from '../codec/decimal.js';
import { badValue, MongoError, notSupported } from './errors.js';
import { splitPath } from './path.js';
import { regexTest } from './regex.js';
import {
  all,
  compares,
  equals,
  hasSize,
  hasType,
  isIn,
  leaf,
  not,
  type Comparison,
  type FieldTest,
} from './value-tests.js';

/** A condition every match fulfils, in the form an index can use. */
export interface Conjunct {
  readonly path: string;
  readonly operator: '$eq' | '$in' | Comparison | '$exists';
  readonly operands: readonly Value[];
}

export interface Filter {
  readonly test: (document: Doc) => boolean;
  readonly conjuncts: readonly Conjunct[];
  /** Branches of a top-level $or, for the planner. */
  readonly branches?: readonly Filter[];
}

const MAX_DEPTH = 100;

export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  if (isNumeric(value)) return compareNumbers(value, 0) !== 0;
  return !(value instanceof Rare && value.type === BSON_TYPE.undefined);
}

function isOperatorDoc(value: Value): value is Doc {
  if (!(value instanceof Doc)) return false;
  const first = value.firstName;
  return first !== undefined && first.startsWith('$') && first !== '$ref' && first !== '$id' && first !== '$db';
}

function arrayOperand(operator: string, operand: Value): readonly Value[] {
  if (!(operand instanceof Arr)) throw badValue(`${operator} needs an array`);
  return operand.items;
}

function memberOperands(operator: string, operand: Value): readonly Value[] {
  const items = arrayOperand(operator, operand);
  if (items.some(isOperatorDoc)) throw badValue('cannot nest $ under $in');
  return items;
}

class Parser {
  constructor(private readonly depth: number) {}

  filter(document: Doc): Filter {
    if (this.depth > MAX_DEPTH) throw badValue('the filter is nested too deeply');
    const tests: ((document: Doc) => boolean)[] = [];
    const conjuncts: Conjunct[] = [];
    let branches: readonly Filter[] | undefined;
    for (const [name, value] of document.fields) {
      if (name === '$comment') continue;
      if (name === '$and' || name === '$or' || name === '$nor') {
        const parts = this.clauses(name, value);
        if (name === '$and') {
          for (const part of parts) {
            conjuncts.push(...part.conjuncts);
            branches ??= part.branches;
          }
          tests.push((root) => parts.every((part) => part.test(root)));
        } else {
          if (name === '$or') branches ??= parts;
          const wanted = name === '$or';
          tests.push((root) => parts.some((part) => part.test(root)) === wanted);
        }
      } else if (name.startsWith('$')) {
        throw badValue(`unknown top level operator: ${name}. The embedded server knows $and, $or and $nor.`);
      } else {
        const path = splitPath(name);
        const test = this.field(name, value, conjuncts);
        tests.push((root) => test.matches(root, path));
      }
    }
    const [only] = tests;
    const test = tests.length === 1 && only ? only : (root: Doc) => tests.every((one) => one(root));
    return { test, conjuncts, ...(branches && { branches }) };
  }

  private clauses(name: string, value: Value): Filter[] {
    if (!(value instanceof Arr)) throw badValue(`${name} must be an array`);
    if (value.items.length === 0) throw badValue(`$and/$or/$nor must be a nonempty array`);
    return value.items.map((item) => {
      if (!(item instanceof Doc)) throw badValue('$or/$and/$nor entries need to be full objects');
      return new Parser(this.depth + 1).filter(item);
    });
  }

  private field(path: string, value: Value, conjuncts: Conjunct[]): FieldTest {
    if (value instanceof Regex) return leaf(regexTest(value.pattern, value.options), true);
    if (!isOperatorDoc(value)) {
      conjuncts.push({ path, operator: '$eq', operands: [value] });
      return leaf(equals(value), true);
    }
    return this.operators(path, value, conjuncts);
  }

  private operators(path: string, document: Doc, conjuncts: Conjunct[]): FieldTest {
    const tests: FieldTest[] = [];
    for (const [operator, operand] of document.fields) {
      if (operator === '$options') {
        if (!document.fields.has('$regex')) throw badValue('$options needs a $regex');
        continue;
      }
      tests.push(this.operator(path, operator, operand, document, conjuncts));
    }
    return all(tests);
  }

  private operator(path: string, name: string, operand: Value, within: Doc, conjuncts: Conjunct[]): FieldTest {
    switch (name) {
      case '$eq':
        conjuncts.push({ path, operator: '$eq', operands: [operand] });
        return leaf(equals(operand), true);
      case '$ne':
        if (operand instanceof Regex) throw badValue("Can't have regex as arg to $ne.");
        return not(leaf(equals(operand), true));
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        conjuncts.push({ path, operator: name, operands: [operand] });
        return leaf(compares(name, operand, path), true);
      case '$in': {
        const operands = memberOperands(name, operand);
        conjuncts.push({ path, operator: '$in', operands });
        return leaf(isIn(operands), true);
      }
      case '$nin':
        return not(leaf(isIn(memberOperands(name, operand)), true));
      case '$exists': {
        const wanted = truthy(operand);
        if (wanted) conjuncts.push({ path, operator: '$exists', operands: [] });
        const exists = leaf((value) => value !== undefined, false);
        return wanted ? exists : not(exists);
      }
      case '$regex':
        return this.regex(operand, within);
      case '$not':
        return this.negation(path, operand);
      case '$elemMatch':
        return this.elemMatch(path, operand, conjuncts);
      case '$all':
        return this.all(path, operand, conjuncts);
      case '$size':
        return leaf(hasSize(operand), false);
      case '$type':
        return leaf(hasType(operand), true);
      default:
        throw badValue(`unknown operator: ${name}`);
    }
  }

  private regex(operand: Value, within: Doc): FieldTest {
    const options = within.get('$options');
    if (options !== undefined && typeof options !== 'string') throw badValue('$options has to be a string');
    if (operand instanceof Regex) {
      if (options !== undefined && operand.options !== '') {
        const [first] = [...within.fields.keys()].filter((name) => name === '$regex' || name === '$options');
        throw new MongoError(first === '$options' ? 51074 : 51075, 'options set in both $regex and $options');
      }
      return leaf(regexTest(operand.pattern, options ?? operand.options), true);
    }
    if (typeof operand !== 'string') throw badValue('$regex has to be a string');
    return leaf(regexTest(operand, options ?? ''), true);
  }

  private negation(path: string, operand: Value): FieldTest {
    if (operand instanceof Regex) return not(leaf(regexTest(operand.pattern, operand.options), true));
    if (!(operand instanceof Doc)) throw badValue('$not needs a regex or a document');
    const [first] = operand.fields.keys();
    if (first === undefined) throw badValue('$not cannot be empty');
    if (!isOperatorDoc(operand)) throw badValue(`unknown operator: ${first}`);
    return not(new Parser(this.depth + 1).operators(path, operand, []));
  }

  private elemMatch(path: string, operand: Value, conjuncts: Conjunct[]): FieldTest {
    if (!(operand instanceof Doc)) throw badValue('$elemMatch needs an Object');
    const [first] = operand.fields.keys();
    const parser = new Parser(this.depth + 1);
    if (isOperatorDoc(operand) && first !== '$and' && first !== '$or' && first !== '$nor') {
      const test = parser.operators(path, operand, conjuncts);
      return leaf((value) => value instanceof Arr && value.items.some((item) => test.single(item)), false);
    }
    const inner = parser.filter(operand);
    for (const part of inner.conjuncts) conjuncts.push({ ...part, path: `${path}.${part.path}` });
    return leaf(
      (value) =>
        value instanceof Arr &&
        value.items.some((item) => {
          const candidate = item instanceof Arr ? arrayAsDoc(item) : item;
          return candidate instanceof Doc && inner.test(candidate);
        }),
      false,
    );
  }

  private all(path: string, operand: Value, conjuncts: Conjunct[]): FieldTest {
    const items = arrayOperand('$all', operand);
    if (items.length === 0) return { matches: () => false, single: () => false };
    const nested = items.filter((item) => isOperatorDoc(item)).length;
    if (nested > 0 && nested < items.length) throw badValue('$all/$elemMatch has to be consistent');
    return all(
      items.map((item) => {
        if (item instanceof Regex) return leaf(regexTest(item.pattern, item.options), true);
        if (!isOperatorDoc(item)) {
          conjuncts.push({ path, operator: '$eq', operands: [item] });
          return leaf(equals(item), true);
        }
        const inner = item.get('$elemMatch');
        if (inner === undefined || item.fields.size !== 1) throw badValue('no $ expressions in $all');
        return this.elemMatch(path, inner, conjuncts);
      }),
    );
  }
}

function arrayAsDoc(array: Arr): Doc {
  return Doc.of(array.items.map((item, index) => [String(index), item] as const));
}

export function parseFilter(document: Doc): Filter {
  return new Parser(0).filter(document);
}

export function emptyFilter(): Filter {
  return { test: () => true, conjuncts: [] };
}

export function refuseCollation(collation: Value | undefined): void {
  if (collation === undefined || collation === null) return;
  if (collation instanceof Doc && (collation.fields.size === 0 || collation.get('locale') === 'simple')) return;
  if (collation instanceof Doc && !collation.fields.has('locale'))
    throw new MongoError(40414, "BSON field 'collation.locale' is missing but a required field");
  throw notSupported('a collation other than {locale: "simple"}');
}

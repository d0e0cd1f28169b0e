import { compareExact, toExact, toNumber } from '../codec/decimal.js';
import { Arr, Doc, isNumeric, type Value } from '../codec/values.js';
import { MongoError } from './errors.js';
import { checkNewField } from './field-path.js';
import { parseFilter } from './matcher.js';
import { MemoryAllowance } from './memory-allowance.js';
import { parseSort, sortBy } from './sort.js';
import { group, refusingExtremes } from './stages/group.js';
import { project } from './stages/project.js';
import { operandDoc, type Stage } from './stages/stage.js';
import { unwind } from './stages/unwind.js';

const MAX_INT64 = 2n ** 63n - 1n;

function exactCount(operand: Value): number | undefined {
  if (!isNumeric(operand)) return undefined;
  const exact = toExact(operand);
  if (exact.kind !== 'finite') return undefined;
  const isWhole = exact.exponent >= 0 || exact.coefficient % 10n ** BigInt(-exact.exponent) === 0n;
  const fits = compareExact(exact, { kind: 'finite', coefficient: MAX_INT64, exponent: 0 }) <= 0;
  return isWhole && fits ? toNumber(operand) : undefined;
}

export function stageCount(stage: '$limit' | '$skip', operand: Value): number {
  const code = stage === '$limit' ? 5107201 : 5107200;
  const count = exactCount(operand);
  if (count === undefined || count < 0) {
    throw new MongoError(code, `invalid argument to ${stage} stage: Expected a non-negative number, an integer`);
  }
  if (stage === '$limit' && count === 0) throw new MongoError(15958, 'the $limit must be positive');
  return count;
}

function* take(input: Iterable<Doc>, limit: number): Generator<Doc> {
  let left = limit;
  for (const document of input) {
    yield document;
    if (--left === 0) return;
  }
}

function* dropFirst(input: Iterable<Doc>, count: number): Generator<Doc> {
  let left = count;
  for (const document of input) if (left-- <= 0) yield document;
}

function* kept(input: Iterable<Doc>, test: (document: Doc) => boolean): Generator<Doc> {
  for (const document of input) if (test(document)) yield document;
}

function checkCountName(name: Value): asserts name is string {
  if (typeof name !== 'string') throw new MongoError(40156, 'the count field must be a non-empty string');
  if (name === '') throw new MongoError(40157, 'the count field must be a non-empty string');
  if (name.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  if (name.includes('\0')) throw new MongoError(40159, 'the count field cannot contain a null byte');
  if (name.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  if (name === '_id') throw new MongoError(9039800, "the count field cannot be '_id'");
}

function countStage(operand: Value): Stage {
  checkCountName(operand);
  return function* (input) {
    let n = 0;
    for (const document of input) if (document) n++;
    if (n > 0) yield Doc.of([[operand, n]]);
  };
}

/** Runs several pipelines over the same input and answers with one document. */
function facet(operand: Value): Stage {
  const spec = operandDoc('$facet', 40169, operand);
  if (spec.fields.size === 0) throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  const facets = [...spec.fields].map(([name, stages]) => {
    checkNewField(name);
    if (!(stages instanceof Arr)) throw new MongoError(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, stages: stages.items.map(parseFacetStage) };
  });
  return function* (input) {
    const documents = collected(input, '$facet');
    yield Doc.of(
      facets.map(({ name, stages }) => [name, Arr.of([...stages.reduce<Iterable<Doc>>(through, documents)])] as const),
    );
  };
}

function parseFacetStage(spec: Value): Stage {
  if (!(spec instanceof Doc)) throw new MongoError(40171, 'elements of arrays in $facet spec must be objects');
  if (stageOf(spec)[0] === '$facet')
    throw new MongoError(40600, '$facet is not allowed to be used within a $facet stage');
  return parseStage(spec);
}

export function through(input: Iterable<Doc>, stage: Stage): Iterable<Doc> {
  return stage(input);
}

function collected(input: Iterable<Doc>, stage: string): Doc[] {
  const memory = new MemoryAllowance(stage);
  const documents: Doc[] = [];
  for (const document of input) {
    memory.spend(document.bytes.length);
    documents.push(document);
  }
  return documents;
}

const STAGES: ReadonlyMap<string, (operand: Value) => Stage> = new Map<string, (operand: Value) => Stage>([
  [
    '$match',
    (operand) => {
      const { test } = parseFilter(operandDoc('$match', 15959, operand));
      return (input) => kept(input, test);
    },
  ],
  [
    '$sort',
    (operand) => {
      const fields = parseSort(operandDoc('$sort', 15973, operand));
      if (fields.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
      return (input) => sortBy(collected(input, '$sort'), (document) => document, fields);
    },
  ],
  [
    '$limit',
    (operand) => {
      const limit = stageCount('$limit', operand);
      return (input) => take(input, limit);
    },
  ],
  [
    '$skip',
    (operand) => {
      const skip = stageCount('$skip', operand);
      return (input) => dropFirst(input, skip);
    },
  ],
  ['$project', project],
  ['$group', group],
  ['$unwind', unwind],
  ['$count', countStage],
  ['$facet', facet],
]);

export function stageOf(spec: Value): readonly [string, Value] {
  if (!(spec instanceof Doc)) throw new MongoError(14, "Each element of the 'pipeline' array must be an object");
  const entries = [...spec.fields];
  const [entry] = entries;
  if (!entry || entries.length !== 1) {
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return entry;
}

export function parseStage(spec: Value): Stage {
  const [name, operand] = stageOf(spec);
  const make = STAGES.get(name);
  if (!make) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return make(operand);
}

/** The stages of a whole pipeline, which differ from those of a facet: what leaves a `$group` here is looked at. */
export function parseStages(specs: readonly Value[]): Stage[] {
  return specs.map((spec, at) => {
    const stage = parseStage(spec);
    return stageOf(spec)[0] === '$group' && at < specs.length - 1 ? refusingExtremes(stage) : stage;
  });
}

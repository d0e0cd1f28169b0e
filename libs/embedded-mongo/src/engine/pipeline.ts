import { toNumber } from '../codec/decimal.js';
import { Arr, Doc, isNumeric, type Value } from '../codec/values.js';
import { MongoError } from './errors.js';
import { parseFilter } from './matcher.js';
import { MemoryAllowance } from './memory-allowance.js';
import { parseSort, sortBy } from './sort.js';
import { group } from './stages/group.js';
import { project } from './stages/project.js';
import { operandDoc, type Stage } from './stages/stage.js';
import { unwind } from './stages/unwind.js';

export function stageCount(stage: string, operand: Value, least: number): number {
  const count = isNumeric(operand) ? toNumber(operand) : NaN;
  if (!Number.isInteger(count))
    throw new MongoError(
      stage === '$limit' ? 2107201 : 5107200,
      `invalid argument to ${stage} stage: Expected an integer`,
    );
  if (count < least)
    throw new MongoError(
      stage === '$limit' ? 15958 : 5107200,
      `invalid argument to ${stage} stage: the value must be at least ${least}`,
    );
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

function countStage(operand: Value): Stage {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.')) {
    throw new MongoError(40156, 'the count field must be a non-empty string without $ and dots');
  }
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
    if (name === '' || name.startsWith('$') || name.includes('.'))
      throw new MongoError(16410, `FieldPath field names may not be empty, contain '.' or start with '$': '${name}'`);
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
      const limit = stageCount('$limit', operand, 1);
      return (input) => take(input, limit);
    },
  ],
  [
    '$skip',
    (operand) => {
      const skip = stageCount('$skip', operand, 0);
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
  const entries = spec instanceof Doc ? [...spec.fields] : [];
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

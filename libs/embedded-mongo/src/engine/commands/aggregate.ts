import { doc, type Plain } from '../../codec/plain.js';
import { Doc, isNumeric, type Value } from '../../codec/values.js';
import { toNumber } from '../../codec/decimal.js';
import { badValue, MongoError, notSupported } from '../errors.js';
import { parseFilter, refuseCollation } from '../matcher.js';
import { parseStage, parseStages, stageCount, stageOf, through } from '../pipeline.js';
import { execute, type Query } from '../planner.js';
import { parsed } from '../records.js';
import { parseSort } from '../sort.js';
import type { Stage } from '../stages/stage.js';
import { collStatsStage } from './coll-stats-stage.js';
import { arrayField, collectionName, docField, firstBatchSize, openCursor, type Call } from './context.js';
import { explainQuery, hintedIndex, type ExplainCall } from './reads.js';

export const AGGREGATE_FIELDS = ['pipeline', 'cursor', 'allowDiskUse', 'hint', 'collation', 'bypassDocumentValidation'];

/** The leading $match, $sort, $skip and $limit are a query and may use an index; the rest runs over its result. */
function split(pipeline: readonly Value[]): { query: Query; rest: readonly Value[] } {
  const order = ['$match', '$sort', '$skip', '$limit'];
  const found = new Map<string, Value>();
  let reached = -1;
  let used = 0;
  for (const stage of pipeline) {
    const [name, operand] = stageOf(stage);
    const at = order.indexOf(name);
    if (at <= reached) break;
    reached = at;
    found.set(name, operand);
    used++;
  }
  for (const stage of pipeline.slice(0, used)) parseStage(stage);
  const match = found.get('$match');
  const [skip, limit] = [found.get('$skip'), found.get('$limit')];
  const query = {
    filter: parseFilter(match instanceof Doc ? match : doc({})),
    sort: parseSort(found.get('$sort')),
    skip: skip === undefined ? 0 : stageCount('$skip', skip),
    limit: limit === undefined ? 0 : stageCount('$limit', limit),
  };
  return { query, rest: pipeline.slice(used) };
}

function refuseWithoutCollection(target: Value | undefined): void {
  if (!isNumeric(target)) return;
  if (toNumber(target) === 1) throw notSupported('an aggregation without a collection');
  throw badValue('Invalid command format: the aggregate field must specify a collection name or 1');
}

interface Request {
  readonly query: Query;
  readonly stages: readonly Stage[];
}

function parse(call: Call): Request {
  refuseCollation(call.body.get('collation'));
  refuseWithoutCollection(call.body.get('aggregate'));
  const { query, rest } = split(arrayField(call, 'pipeline'));
  const collection = call.engine.catalogue.get(collectionName(call));
  const hint = collection && hintedIndex(collection, call.body.get('hint'));
  const sortsInMemory = call.body.get('allowDiskUse') === false;
  return { query: { ...query, sortsInMemory, ...(hint && { hint }) }, stages: parseStages(rest) };
}

interface Opened {
  readonly input: Iterable<Doc>;
  readonly stages: readonly Stage[];
}

function open(call: Call): Opened {
  const [first, ...rest] = arrayField(call, 'pipeline');
  const stats = first instanceof Doc && first.firstName === '$collStats' ? first.get('$collStats') : undefined;
  if (stats instanceof Doc) return { input: collStatsStage(call, stats), stages: parseStages(rest) };
  const { query, stages } = parse(call);
  const collection = call.engine.catalogue.get(collectionName(call));
  const matches = collection ? execute(collection, query).matches : [];
  const input = function* (): Generator<Doc> {
    for (const stored of matches) yield parsed(stored);
  };
  return { input: input(), stages };
}

export function aggregate(call: Call): Doc {
  if (!docField(call, 'cursor'))
    throw new MongoError(9, "The 'cursor' option is required, except for aggregate with the explain argument");
  const { input, stages } = open(call);
  const namespace = collectionName(call);
  const output = stages.reduce<Iterable<Doc>>(through, input);
  const iterator = output[Symbol.iterator]();
  const next = (): Doc | undefined => {
    const step = iterator.next();
    return step.done ? undefined : step.value;
  };
  const collection = call.engine.catalogue.get(namespace);
  return openCursor(call, { next }, { namespace, collection, size: firstBatchSize(call) });
}

export function explainAggregate(call: ExplainCall): { [key: string]: Plain } {
  const { query } = parse(call);
  return explainQuery(call, call.engine.catalogue.get(collectionName(call)), query);
}

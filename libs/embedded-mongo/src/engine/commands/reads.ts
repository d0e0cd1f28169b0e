import { compareValues } from '../../codec/compare.js';
import { encodeKey } from '../../codec/key.js';
import { doc, type Plain } from '../../codec/plain.js';
import { Arr, Doc, isNumeric, type Value } from '../../codec/values.js';
import { toNumber } from '../../codec/decimal.js';
import type { Collection } from '../collection.js';
import { FIRST_BATCH, fromList } from '../cursors.js';
import { badValue, MAX_DOCUMENT, MongoError, notSupported } from '../errors.js';
import type { Index } from '../index-definition.js';
import { parseFilter, refuseCollation } from '../matcher.js';
import { splitPath, visitPath } from '../path.js';
import { choosePlan, execute, type Plan, type Query } from '../planner.js';
import { parseProjection } from '../projection.js';
import { parsed } from '../records.js';
import { sessionOf } from '../sessions.js';
import { parseSort } from '../sort.js';
import {
  arrayField,
  checkFields,
  collectionName,
  countField,
  docField,
  flagField,
  openCursor,
  reply,
  type Call,
} from './context.js';

export function hintedIndex(collection: Collection, hint: Value | undefined): Index | 'natural' | undefined {
  if (hint === undefined || (hint instanceof Doc && hint.fields.size === 0)) return undefined;
  if (typeof hint !== 'string' && !(hint instanceof Doc)) throw new MongoError(9, 'Hint must be a string or an object');
  if (hint instanceof Doc && hint.fields.has('$natural')) {
    if (hint.fields.size > 1) throw badValue('the hint $natural must not be combined with other fields');
    if (hint.get('$natural') !== 1) throw notSupported('the hint {$natural: -1}');
    return 'natural';
  }
  const found = collection.indexes.find(({ definition }) =>
    typeof hint === 'string' ? definition.name === hint : compareValues(definition.pattern, hint) === 0,
  );
  if (!found)
    throw badValue(
      'error processing query: planner returned error: hint provided does not correspond to an existing index',
    );
  return found;
}

interface FindRequest {
  readonly collection: Collection | undefined;
  readonly query: Query;
  readonly project: ((document: Doc) => Doc) | undefined;
}

const EMPTY = doc({});

export const FIND_FIELDS = [
  'filter',
  'sort',
  'projection',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'hint',
  'collation',
  'allowDiskUse',
  'noCursorTimeout',
  'allowPartialResults',
];

function findRequest(call: Call): FindRequest {
  refuseCollation(call.body.get('collation'));
  const collection = call.engine.catalogue.get(collectionName(call));
  const hint = collection && hintedIndex(collection, call.body.get('hint'));
  const query = {
    filter: parseFilter(docField(call, 'filter') ?? EMPTY),
    sort: parseSort(docField(call, 'sort')),
    skip: countField(call, 'skip', 0),
    limit: countField(call, 'limit', 0),
    sortsInMemory: call.body.get('allowDiskUse') === false,
    ...(hint && { hint }),
  };
  return { collection, query, project: parseProjection(docField(call, 'projection')) };
}

export function find(call: Call): Doc {
  const { collection, query, project } = findRequest(call);
  const { matches, endIsKnown } = collection ? execute(collection, query) : { matches: [], endIsKnown: true };
  const source = fromList(matches, (stored) => (project ? project(parsed(stored)) : new Doc(stored.raw)));
  const size = countField(call, 'batchSize', FIRST_BATCH);
  const [namespace, single] = [collectionName(call), flagField(call, 'singleBatch')];
  return openCursor(call, endIsKnown ? source : { next: source.next }, { namespace, collection, size, single });
}

function unfit(value: Value | undefined, field: string, expected: string): MongoError {
  if (value === undefined || value === null)
    return new MongoError(40414, `BSON field '${field}' is missing but a required field`);
  return new MongoError(14, `BSON field '${field}' is the wrong type, expected type '${expected}'`);
}

export function getMore(call: Call): Doc {
  const id = call.body.get('getMore');
  const name = call.body.get('collection');
  if (typeof id !== 'bigint') throw unfit(id, 'getMore.getMore', 'long');
  if (typeof name !== 'string') throw unfit(name, 'getMore.collection', 'string');
  if ((call.body.get('maxTimeMS') ?? null) !== null)
    throw badValue('cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  const size = countField(call, 'batchSize', 0) || Infinity;
  const session = sessionOf(call.body.get('lsid'));
  const answer = call.engine.cursors.more(`${call.database}.${name}`, session, id, size);
  return reply(Object.fromEntries(answer.fields));
}

export function killCursors(call: Call): Doc {
  // Cursors that list collections belong to a name that no collection can have.
  if (call.body.get('killCursors') !== '$cmd.listCollections') collectionName(call);
  const ids = arrayField(call, 'cursors').flatMap((id) => {
    if (id === null) return [];
    if (typeof id !== 'bigint')
      throw new MongoError(14, "BSON field 'killCursors.cursors' must hold values of type 'long'");
    return [id];
  });
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of ids) (call.engine.cursors.kill(id) ? killed : missing).push(id);
  return reply({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
}

export const COUNT_FIELDS = ['query', 'limit', 'skip', 'hint', 'collation'];

export function count(call: Call): Doc {
  refuseCollation(call.body.get('collation'));
  const collection = call.engine.catalogue.get(collectionName(call));
  const filterDoc = docField(call, 'query') ?? EMPTY;
  const filter = parseFilter(filterDoc);
  const limitValue = call.body.get('limit');
  const limit = isNumeric(limitValue) ? Math.abs(toNumber(limitValue)) : 0;
  const skip = countField(call, 'skip', 0);
  if (!collection) return reply({ n: 0 });
  const hint = hintedIndex(collection, call.body.get('hint'));
  if (filterDoc.fields.size === 0 && !hint) {
    const left = Math.max(0, collection.records.size - skip);
    return reply({ n: limit > 0 ? Math.min(limit, left) : left });
  }
  return reply({ n: execute(collection, { filter, sort: [], skip, limit, ...(hint && { hint }) }).matches.length });
}

export function distinct(call: Call): Doc {
  refuseCollation(call.body.get('collation'));
  const key = call.body.get('key');
  if (key === undefined || key === null)
    throw new MongoError(40414, "BSON field 'distinct.key' is missing but a required field");
  if (typeof key !== 'string')
    throw new MongoError(14, "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  if (key.includes('\0')) throw new MongoError(31032, 'The key of a distinct cannot contain null bytes');
  const filter = parseFilter(docField(call, 'query') ?? EMPTY);
  const collection = call.engine.catalogue.get(collectionName(call));
  const hint = collection && hintedIndex(collection, call.body.get('hint'));
  const matches = collection
    ? execute(collection, { filter, sort: [], skip: 0, limit: 0, ...(hint && { hint }) }).matches
    : [];
  const values = new Map<string, Value>();
  const path = splitPath(key);
  for (const stored of matches) {
    visitPath(parsed(stored), path, false, (value) => {
      const items = value instanceof Arr ? value.items : value === undefined ? [] : [value];
      for (const item of items) {
        const known = encodeKey(item);
        if (!values.has(known)) values.set(known, item);
      }
      return false;
    });
  }
  const sorted = [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  const answer = reply({ values: sorted });
  if (answer.bytes.length > MAX_DOCUMENT) throw new MongoError(17217, 'distinct too big, 16mb cap');
  return answer;
}

function stageOf(plan: Plan, query: Query): Plain {
  let stage: Plain;
  if (plan.scans) {
    const scans = plan.scans.map(({ index, reverse, ranges }) => ({
      stage: 'IXSCAN',
      keyPattern: index.definition.pattern,
      indexName: index.definition.name,
      isMultiKey: index.multikey.includes(true),
      isUnique: index.definition.unique,
      isSparse: index.definition.sparse,
      direction: reverse ? 'backward' : 'forward',
      ranges: ranges.length,
    }));
    const [only] = scans;
    stage = { stage: 'FETCH', inputStage: scans.length === 1 && only ? only : { stage: 'OR', inputStages: scans } };
  } else stage = { stage: 'COLLSCAN', direction: 'forward' };
  if (plan.needsSort) {
    const pattern = Doc.of(query.sort.map((field) => [field.name, field.descending ? -1 : 1]));
    stage = { stage: 'SORT', sortPattern: pattern, inputStage: stage };
  }
  return stage;
}

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'] as const;

export interface ExplainCall extends Call {
  readonly verbosity: (typeof VERBOSITIES)[number];
}

/** The plan of a read, and what running it found unless only the plan is asked for. */
export function explainQuery(
  call: ExplainCall,
  collection: Collection | undefined,
  query: Query,
): { [key: string]: Plain } {
  if (!collection)
    return { queryPlanner: { namespace: collectionName(call), winningPlan: { stage: 'EOF' }, rejectedPlans: [] } };
  const plan = choosePlan(collection, query);
  const queryPlanner = { namespace: collection.namespace, winningPlan: stageOf(plan, query), rejectedPlans: [] };
  if (call.verbosity === 'queryPlanner') return { queryPlanner };
  const found = execute(collection, query, plan);
  return {
    queryPlanner,
    executionStats: { executionSuccess: true, nReturned: found.matches.length, totalDocsExamined: found.examined },
  };
}

export function explainFind(call: ExplainCall): { [key: string]: Plain } {
  const { collection, query } = findRequest(call);
  return explainQuery(call, collection, query);
}

export function explainCount(call: ExplainCall): { [key: string]: Plain } {
  const filter = parseFilter(docField(call, 'query') ?? EMPTY);
  const collection = call.engine.catalogue.get(collectionName(call));
  return explainQuery(call, collection, { filter, sort: [], skip: countField(call, 'skip', 0), limit: 0 });
}

export function explainWith(
  explainers: ReadonlyMap<
    string,
    { readonly explain: (call: ExplainCall) => { [key: string]: Plain }; readonly fields: readonly string[] }
  >,
): (call: Call) => Doc {
  return (call) => {
    const inner = docField(call, 'explain') ?? EMPTY;
    const [name = ''] = inner.fields.keys();
    const known = explainers.get(name);
    if (!known) throw notSupported(`explain of the command ${name}`);
    const asked = call.body.get('verbosity') ?? 'allPlansExecution';
    const verbosity = VERBOSITIES.find((one) => one === asked);
    if (!verbosity) throw badValue(`verbosity must be one of ${VERBOSITIES.join(', ')}`);
    const innerCall = { ...call, name, body: inner, verbosity };
    checkFields(innerCall, { handler: () => EMPTY, fields: known.fields });
    return reply({ explainVersion: '1', ...known.explain(innerCall), serverInfo: { version: '7.0.0' } });
  };
}

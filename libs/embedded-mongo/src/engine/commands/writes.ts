import { doc, type Plain } from '../../codec/plain.js';
import { Arr, Doc, Rare, Regex, type Value } from '../../codec/values.js';
import { checkId, type Collection } from '../collection.js';
import { MongoError, notSupported } from '../errors.js';
import { parseFilter, refuseCollation, truthy } from '../matcher.js';
import { parseProjection } from '../projection.js';
import { choosePlan, execute } from '../planner.js';
import { parsed, type Stored } from '../records.js';
import type { Outcome, Statements } from '../sessions.js';
import { parseSort } from '../sort.js';
import { withTimestampsSet } from '../timestamps.js';
import { Unit } from '../unit.js';
import { parseUpdate, upsertDocument, withIdFirst, type Update } from '../update.js';
import { arrayField, collectionName, flagField, reply, type Call } from './context.js';
import { isUnacknowledged, writeConcernProblem } from './concerns.js';
import { hintedIndex } from './reads.js';
import { deleteStatement, insertStatement, updateStatement } from './statements.js';

const MAX_BATCH = 100_000;

/** Runs the statements in order, collects their errors, and answers when all of it is on disk. */
async function runBatch<Statement>(
  call: Call,
  items: readonly Statement[],
  one: (unit: Unit, item: Statement) => Outcome,
): Promise<Doc> {
  const { engine, body } = call;
  engine.committer.refuseIfFailed();
  if (items.length === 0 || items.length > MAX_BATCH) {
    throw new MongoError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${items.length} operations.`);
  }
  const ordered = flagField(call, 'ordered', true);
  const statements = engine.sessions.statements(body);
  const unit = new Unit();
  const errors: Plain[] = [];
  const upserted: Plain[] = [];
  let n = 0;
  let modified = 0;
  for (const [index, item] of items.entries()) {
    try {
      const outcome = statements.run(index, () => one(unit, item));
      n += outcome.n;
      modified += outcome.modified;
      if (outcome.upserted !== undefined) upserted.push({ index, _id: outcome.upserted });
    } catch (error) {
      if (!(error instanceof MongoError)) unit.rollback();
      errors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  await finish(call, unit, statements);
  if (isUnacknowledged(body)) return reply({ n: 0, nModified: call.name === 'update' ? 0 : undefined });
  return reply({
    n,
    nModified: call.name === 'update' ? modified : undefined,
    upserted: upserted.length > 0 ? upserted : undefined,
    writeErrors: errors.length > 0 ? errors : undefined,
    retriedStmtIds: statements.retried.length > 0 ? statements.retried : undefined,
    writeConcernError: writeConcernProblem(body),
  });
}

async function finish(call: Call, unit: Unit, statements: Statements): Promise<void> {
  statements.store(unit);
  await call.engine.committer.commit(unit);
}

function writeError(index: number, error: unknown): Plain {
  if (!(error instanceof MongoError)) throw error;
  const extra = error.extra ? Object.fromEntries(error.extra.fields) : {};
  return { index, code: error.code, errmsg: error.message, ...extra };
}

export async function insert(call: Call): Promise<Doc> {
  const namespace = collectionName(call);
  return runBatch(call, arrayField(call, 'documents').map(insertStatement), (unit, item) => {
    const document = withIdFirst(withTimestampsSet(item));
    checkId(document.get('_id') ?? null);
    call.engine.catalogue.getOrCreate(unit, namespace).insert(unit, owned(document));
    return { n: 1, modified: 0 };
  });
}

/** A document of its own memory: a slice of the message would keep the whole message alive. */
function owned(document: Doc): Doc {
  return document.rawBytes ? new Doc(Buffer.from(document.rawBytes)) : document;
}

interface UpdateRequest {
  readonly filter: Doc;
  readonly update: Update;
  readonly upsert: boolean;
  readonly limit: number;
  readonly sort?: Value | undefined;
  readonly hint?: Value | undefined;
}

function find(collection: Collection | undefined, filter: Doc, limit: number, sort?: Value, hint?: Value): Stored[] {
  const query = { filter: parseFilter(filter), sort: parseSort(sort), skip: 0, limit };
  if (!collection) return [];
  const index = hintedIndex(collection, hint);
  const full = { ...query, ...(index && { hint: index }) };
  return execute(collection, full, choosePlan(collection, full)).matches;
}

interface Updated {
  readonly before: Doc | undefined;
  readonly after: Doc | undefined;
  readonly outcome: Outcome;
}

function runUpdate(call: Call, unit: Unit, namespace: string, request: UpdateRequest): Updated {
  const { filter, update, upsert, limit, sort, hint } = request;
  const { catalogue } = call.engine;
  const collection = catalogue.get(namespace);
  const found = find(collection, filter, limit, sort, hint);
  let modified = 0;
  let last: Doc | undefined;
  let first: Doc | undefined;
  for (const stored of found) {
    const before = parsed(stored);
    const after = update.apply(before, false);
    first ??= before;
    last = before;
    if (after === before || after.bytes.equals(stored.raw)) {
      if (update.countsUnchanged) modified++;
      continue;
    }
    const document = owned(after);
    collection?.replace(unit, stored, document);
    modified++;
    last = document;
  }
  if (found.length > 0 || !upsert) return { before: first, after: last, outcome: { n: found.length, modified } };
  const document = owned(upsertDocument(filter, update));
  catalogue.getOrCreate(unit, namespace).insert(unit, document);
  const id = document.get('_id') ?? null;
  return { before: undefined, after: document, outcome: { n: 1, modified: 0, upserted: id } };
}

export async function update(call: Call): Promise<Doc> {
  const namespace = collectionName(call);
  return runBatch(call, arrayField(call, 'updates').map(updateStatement), (unit, statement) => {
    const { filter, change, multi, upsert, hint } = statement;
    const parsedUpdate = parseUpdate(change);
    if (multi && parsedUpdate.isReplacement)
      throw new MongoError(9, 'multi update is not supported for replacement-style update');
    const request = { filter, update: parsedUpdate, upsert, limit: multi ? 0 : 1, hint };
    return runUpdate(call, unit, namespace, request).outcome;
  });
}

export async function remove(call: Call): Promise<Doc> {
  const namespace = collectionName(call);
  return runBatch(call, arrayField(call, 'deletes').map(deleteStatement), (unit, { filter, limit, hint }) => {
    const collection = call.engine.catalogue.get(namespace);
    const found = find(collection, filter, limit, undefined, hint);
    for (const stored of found) collection?.remove(unit, stored);
    return { n: found.length, modified: 0 };
  });
}

export async function findAndModify(call: Call): Promise<Doc> {
  const { body, engine } = call;
  engine.committer.refuseIfFailed();
  refuseCollation(body.get('collation'));
  if (body.get('arrayFilters') !== undefined) throw notSupported('arrayFilters');
  const statements = engine.sessions.statements(body);
  const unit = new Unit();
  let outcome: Outcome;
  try {
    outcome = statements.run(0, () => modifyOne(call, unit));
  } catch (error) {
    unit.rollback();
    throw error;
  }
  await finish(call, unit, statements);
  const answer = outcome.reply ?? doc({});
  return reply({ ...Object.fromEntries(answer.fields), writeConcernError: writeConcernProblem(body) });
}

/** MongoDB goes straight to a document whose `_id` is given, and looks at no sort. */
function meansOneId(filter: Doc): boolean {
  if (filter.fields.size !== 1) return false;
  const given = filter.get('_id');
  const isOperator = given instanceof Doc && given.firstName?.startsWith('$');
  const id = isOperator && given.fields.size === 1 ? given.get('$eq') : isOperator ? undefined : given;
  return !(id === undefined || id === null || id instanceof Arr || id instanceof Regex || id instanceof Rare);
}

function modifyOne(call: Call, unit: Unit): Outcome {
  const { body } = call;
  const namespace = collectionName(call);
  const filter = body.get('query') instanceof Doc ? (body.get('query') as Doc) : doc({});
  const project = parseProjection(body.get('fields') ?? body.get('projection')) ?? ((document: Doc): Doc => document);
  const shown = (document: Doc | undefined): Value => (document ? project(document) : null);
  const hint = body.get('hint');
  const sort = hint === undefined && meansOneId(filter) ? undefined : (body.get('sort') ?? undefined);
  if (truthy(body.get('remove'))) {
    if (body.get('update') !== undefined) throw new MongoError(9, "Cannot specify both an 'update' and 'remove'=true");
    if (truthy(body.get('upsert'))) throw new MongoError(9, "Cannot specify both 'upsert' and 'remove'=true");
    if (truthy(body.get('new')))
      throw new MongoError(
        9,
        "Cannot specify both 'new' and 'remove'=true; 'remove' always returns the deleted document",
      );
    const collection = call.engine.catalogue.get(namespace);
    const [stored] = find(collection, filter, 1, sort, hint);
    if (stored) collection?.remove(unit, stored);
    const n = stored ? 1 : 0;
    return { n, modified: 0, reply: doc({ lastErrorObject: { n }, value: shown(stored && parsed(stored)) }) };
  }
  if (body.get('update') === undefined)
    throw new MongoError(9, "Either an 'update' or 'remove'=true must be specified");
  const { before, after, outcome } = runUpdate(call, unit, namespace, {
    filter,
    update: parseUpdate(body.get('update')),
    upsert: truthy(body.get('upsert')),
    limit: 1,
    ...(sort !== undefined && { sort }),
    ...(hint !== undefined && { hint }),
  });
  const lastErrorObject = {
    n: outcome.n,
    updatedExisting: outcome.n === 1 && outcome.upserted === undefined,
    upserted: outcome.upserted,
  };
  const value = shown(truthy(body.get('new')) ? after : before);
  return { n: outcome.n, modified: outcome.modified, reply: doc({ lastErrorObject, value }) };
}

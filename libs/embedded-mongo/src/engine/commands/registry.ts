import { doc } from '../../codec/plain.js';
import { double, Doc } from '../../codec/values.js';
import { checkDatabase } from '../catalogue.js';
import { MongoError } from '../errors.js';
import { clusterTimes } from '../timestamps.js';
import { AGGREGATE_FIELDS, aggregate, explainAggregate } from './aggregate.js';
import * as catalogue from './catalogue.js';
import { buildInfo, endSessions, hello, ping } from './connection.js';
import { checkFields, type Call, type Command } from './context.js';
import * as diagnostics from './diagnostics.js';
import { logout, saslContinue, saslStart } from './login.js';
import * as reads from './reads.js';
import { renameCollection } from './rename-collection.js';
import * as writes from './writes.js';

// Drivers announce what they can do here; a server that does not offer it leaves it out of the answer.
const HELLO_FIELDS = [
  'helloOk',
  'client',
  'compression',
  'saslSupportedMechs',
  'loadBalanced',
  'hostInfo',
  'backpressure',
  'speculativeAuthenticate',
];
const DISTINCT_FIELDS = ['key', 'query', 'hint', 'collation'];
const MODIFY_FIELDS = [
  'query',
  'sort',
  'remove',
  'update',
  'new',
  'fields',
  'projection',
  'upsert',
  'collation',
  'arrayFilters',
  'hint',
  'bypassDocumentValidation',
  'stmtId',
];

const explain = reads.explainWith(
  new Map([
    ['find', { explain: reads.explainFind, fields: reads.FIND_FIELDS }],
    ['count', { explain: reads.explainCount, fields: reads.COUNT_FIELDS }],
    ['aggregate', { explain: explainAggregate, fields: AGGREGATE_FIELDS }],
  ]),
);

function batch(field: string): string[] {
  return [field, 'ordered', 'bypassDocumentValidation', 'stmtId', 'stmtIds'];
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['hello', { handler: hello, fields: HELLO_FIELDS }],
  ['isMaster', { handler: hello, fields: HELLO_FIELDS }],
  ['ismaster', { handler: hello, fields: HELLO_FIELDS }],
  ['ping', { handler: ping, fields: [] }],
  ['buildInfo', { handler: buildInfo, fields: [] }],
  ['buildinfo', { handler: buildInfo, fields: [] }],
  ['saslStart', { handler: saslStart, fields: ['mechanism', 'payload', 'options', 'autoAuthorize'] }],
  ['saslContinue', { handler: saslContinue, fields: ['conversationId', 'payload'] }],
  ['logout', { handler: logout, fields: [] }],
  ['endSessions', { handler: endSessions, fields: [] }],
  ['insert', { handler: writes.insert, fields: batch('documents') }],
  ['update', { handler: writes.update, fields: batch('updates') }],
  ['delete', { handler: writes.remove, fields: batch('deletes') }],
  ['findAndModify', { handler: writes.findAndModify, fields: MODIFY_FIELDS }],
  ['findandmodify', { handler: writes.findAndModify, fields: MODIFY_FIELDS }],
  ['find', { handler: reads.find, fields: reads.FIND_FIELDS }],
  ['getMore', { handler: reads.getMore, fields: ['collection', 'batchSize'] }],
  ['killCursors', { handler: reads.killCursors, fields: ['cursors'] }],
  ['count', { handler: reads.count, fields: reads.COUNT_FIELDS }],
  ['distinct', { handler: reads.distinct, fields: DISTINCT_FIELDS }],
  ['explain', { handler: explain, fields: ['verbosity'] }],
  ['aggregate', { handler: aggregate, fields: AGGREGATE_FIELDS }],
  ['create', { handler: catalogue.create, fields: ['collation'] }],
  ['drop', { handler: catalogue.drop, fields: [] }],
  ['dropDatabase', { handler: catalogue.dropDatabase, fields: [] }],
  ['renameCollection', { handler: renameCollection, fields: ['to', 'dropTarget'] }],
  ['createIndexes', { handler: catalogue.createIndexes, fields: ['indexes', 'commitQuorum'] }],
  ['listIndexes', { handler: catalogue.listIndexes, fields: ['cursor'] }],
  ['dropIndexes', { handler: catalogue.dropIndexes, fields: ['index'] }],
  [
    'listCollections',
    { handler: catalogue.listCollections, fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'] },
  ],
  ['connectionStatus', { handler: diagnostics.connectionStatus, fields: ['showPrivileges'] }],
  ['hostInfo', { handler: diagnostics.hostInfo, fields: [] }],
  ['serverStatus', { handler: diagnostics.serverStatus, fields: [] }],
  ['dbStats', { handler: diagnostics.dbStats, fields: ['scale', 'freeStorage'] }],
  ['dbstats', { handler: diagnostics.dbStats, fields: ['scale', 'freeStorage'] }],
  ['collStats', { handler: diagnostics.collStats, fields: ['scale'] }],
  ['collstats', { handler: diagnostics.collStats, fields: ['scale'] }],
  ['getParameter', { handler: diagnostics.getParameter, fields: diagnostics.PARAMETER_NAMES }],
  ['getCmdLineOpts', { handler: diagnostics.getCmdLineOpts, fields: [] }],
  ['getLog', { handler: diagnostics.getLog, fields: [] }],
  ['listDatabases', { handler: catalogue.listDatabases, fields: ['filter', 'nameOnly', 'authorizedDatabases'] }],
]);

export function errorReply(error: MongoError): Doc {
  const extra = error.extra ? Object.fromEntries(error.extra.fields) : {};
  return doc({
    ok: double(0),
    errmsg: error.message,
    code: error.code,
    codeName: error.codeName,
    ...extra,
    ...clusterTimes(),
  });
}

/** Answers one command; whatever goes wrong becomes an error reply, never an exception. */
export async function dispatch(call: Call): Promise<Doc> {
  try {
    const command = COMMANDS.get(call.name);
    if (!call.peer.mayRun(call.name)) throw new MongoError(13, `Command ${call.name} requires authentication`);
    if (!command) throw new MongoError(59, `no such command: '${call.name}'`);
    call.engine.counters.count(call.name, call.body);
    checkDatabase(call.database);
    checkFields(call, command);
    return await command.handler(call);
  } catch (error) {
    if (error instanceof MongoError) return errorReply(error);
    const reason = error instanceof Error ? error.message : String(error);
    return errorReply(new MongoError(1, `internal error in ${call.name}: ${reason}`));
  }
}

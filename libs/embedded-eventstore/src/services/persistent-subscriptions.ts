import { writeGroupInfo } from '../codec/group-info.js';
import {
  type ChangeRequest,
  decodeChangeRequest,
  decodeDeleteGroupRequest,
  decodeInfoRequest,
  decodeListRequest,
  decodeReplayRequest,
} from '../codec/group-requests.js';
import { frame } from '../codec/responses.js';
import { Writer } from '../codec/writer.js';
import { type GroupDefinition, GroupRefusal } from '../engine/persistent-subscriptions/definition.js';
import type { PersistentSubscriptions } from '../engine/persistent-subscriptions/persistent-subscriptions.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import type { Handler } from '../transport/grpc-server.js';
import { GrpcError, handlerThrew, Status } from '../transport/status.js';
import { type Caller, nameOf } from './caller.js';
import { answeringRefusals, groupRefused } from './group-refusals.js';
import { sourceName } from './group-source.js';
import { readGroup } from './read-group.js';
import { unary } from './unary.js';

const SERVICE = '/event_store.client.persistent_subscriptions.PersistentSubscriptions';
const RESTART_OF_OPERATIONS = '/event_store.client.operations.Operations/RestartPersistentSubscriptions';

/** The calls of the service PersistentSubscriptions, and the older way to restart it. */
export function persistentSubscriptionHandlers(
  groups: PersistentSubscriptions,
): [path: string, handler: Handler<Caller>][] {
  const restart = byOperator((call) => answer(call, () => (groups.restart(), empty(call))));
  return [
    [
      `${SERVICE}/Create`,
      byOperator((call, by) => change(call, (definition, done) => groups.create(definition, by, done))),
    ],
    [
      `${SERVICE}/Update`,
      byOperator((call, by) => change(call, (definition, done) => groups.update(definition, by, done))),
    ],
    [`${SERVICE}/Delete`, byOperator((call, by) => remove(groups, call, by))],
    [`${SERVICE}/Read`, (call, caller) => readGroup(groups, call, caller)],
    [`${SERVICE}/GetInfo`, byUser((call) => info(groups, call))],
    [`${SERVICE}/List`, byUser((call) => list(groups, call))],
    [`${SERVICE}/ReplayParked`, byOperator((call) => replayParked(groups, call))],
    [`${SERVICE}/RestartSubsystem`, restart],
    [RESTART_OF_OPERATIONS, restart],
  ];
}

const byOperator =
  (handle: (call: GrpcCall, by: string) => void): Handler<Caller> =>
  (call, caller) => {
    caller.requireOperator();
    handle(call, nameOf(caller));
  };
const byUser =
  (handle: (call: GrpcCall) => void): Handler<Caller> =>
  (call, caller) => {
    caller.requireLogin();
    handle(call);
  };

const answer = (call: GrpcCall, run: (message: Buffer) => void): void =>
  unary(call, (message) => answeringRefusals(() => run(message)));

function send(call: GrpcCall, message: Writer): void {
  call.send(frame(message.finish()));
  call.end();
}

const empty = (call: GrpcCall): void => send(call, new Writer());

function whenDone(call: GrpcCall): (error?: Error) => void {
  return (error) => {
    if (error === undefined) empty(call);
    else call.fail(groupRefused(error));
  };
}

function change(
  call: GrpcCall,
  apply: (definition: Omit<GroupDefinition, 'end'>, done: (error?: Error) => void) => void,
): void {
  answer(call, (message) => apply(definitionOf(decodeChangeRequest(message)), whenDone(call)));
}

function definitionOf({ source, group, startFrom, filter, settings }: ChangeRequest): Omit<GroupDefinition, 'end'> {
  const name = sourceName(source);
  if (settings === undefined) throw handlerThrew();
  if (startFrom === undefined)
    throw new GrpcError(Status.INVALID_ARGUMENT, 'The request does not say where the group starts.');
  if (typeof startFrom === 'object' && startFrom.commit < startFrom.prepare) throw handlerThrew();
  if (filter !== undefined && filter.on === undefined)
    throw new GrpcError(Status.INVALID_ARGUMENT, 'The filter does not say whether it is of streams or of event types.');
  return { source: name, group, settings, startFrom, filter };
}

function remove(groups: PersistentSubscriptions, call: GrpcCall, by: string): void {
  answer(call, (message) => {
    const { source, group } = decodeDeleteGroupRequest(message);
    groups.delete(sourceName(source), group, by, whenDone(call));
  });
}

function info(groups: PersistentSubscriptions, call: GrpcCall): void {
  answer(call, (message) => {
    const { source, group } = decodeInfoRequest(message);
    const found = groups.find(sourceName(source), group).info();
    send(
      call,
      new Writer().message(1, (inner) => writeGroupInfo(inner, found)),
    );
  });
}

function list(groups: PersistentSubscriptions, call: GrpcCall): void {
  answer(call, (message) => {
    const wanted = decodeListRequest(message);
    const found = groups.list(wanted === 'every group' ? undefined : sourceName(wanted));
    const response = new Writer();
    for (const one of found) response.message(1, (inner) => writeGroupInfo(inner, one));
    send(call, response);
  });
}

function replayParked(groups: PersistentSubscriptions, call: GrpcCall): void {
  answer(call, (message) => {
    const { source, group, stopAt } = decodeReplayRequest(message);
    const name = sourceName(source);
    if (stopAt === undefined) throw handlerThrew();
    if (stopAt !== 'no limit' && stopAt < 0)
      throw new GroupRefusal('failed', name, group, 'Cannot stop replaying parked message at a negative version.');
    groups.find(name, group).replayParked(stopAt === 'no limit' ? Number.POSITIVE_INFINITY : stopAt);
    empty(call);
  });
}

import { frame } from '../codec/responses.js';
import { uuidText, newUuid } from '../codec/uuid.js';
import { Writer } from '../codec/writer.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { unary } from './unary.js';

/** The version whose behaviour this server has. */
export const SERVER_VERSION = '24.2.0';
/** VNodeState.Leader */
const LEADER = 8;

const STREAMS = 'event_store.client.streams.streams';
const GROUPS = 'event_store.client.persistent_subscriptions.persistentsubscriptions';
const OF_GROUPS = ['create', 'delete', 'getinfo', 'list', 'read', 'replayparked', 'restartsubsystem', 'update'];
const METHODS: [service: string, method: string, features: string[]][] = [
  ['event_store.client.gossip.gossip', 'read', []],
  ['event_store.client.operations.operations', 'restartpersistentsubscriptions', []],
  ...OF_GROUPS.map((method): [string, string, string[]] => [GROUPS, method, ['stream', 'all']]),
  ['event_store.client.server_features.serverfeatures', 'getsupportedmethods', []],
  ['event_store.client.operations.operations', 'startscavenge', []],
  ['event_store.client.operations.operations', 'stopscavenge', []],
  [STREAMS, 'append', []],
  [STREAMS, 'batchappend', ['deadline_duration']],
  [STREAMS, 'delete', []],
  [STREAMS, 'read', ['events', 'position']],
  [STREAMS, 'tombstone', []],
];

const USER_METHODS = ['changepassword', 'create', 'delete', 'details', 'disable', 'enable', 'resetpassword', 'update'];

/** ServerFeatures/GetSupportedMethods: only what is really there. */
export function supportedMethods(hasUsers: boolean): (call: GrpcCall) => void {
  const answer = new Writer();
  const add = (service: string, method: string, features: string[] = []): void =>
    void answer.message(1, (entry) => {
      entry.string(1, method).string(2, service);
      for (const feature of features) entry.string(3, feature);
    });
  for (const [service, method, features] of METHODS) add(service, method, features);
  if (hasUsers) for (const method of USER_METHODS) add('event_store.client.users.users', method);
  answer.string(2, SERVER_VERSION);
  return (call) =>
    unary(call, () => {
      call.send(frame(answer.finish()));
      call.end();
    });
}

/**
 * Gossip/Read: a cluster of one, which leads. It gives the address by which the client called, because no other is sure
 * to lead here: the server may listen to all of them, or stand behind a port that a container publishes.
 */
export function gossip(instanceId: string, own: () => Address): (call: GrpcCall) => void {
  return (call) =>
    unary(call, () => {
      const { host, port } = addressIn(call.header(':authority')) ?? own();
      const answer = new Writer().message(1, (member) => {
        member.message(1, (id) => id.string(2, instanceId));
        member
          .varint(2, BigInt(Date.now()) * 10_000n)
          .varint(3, LEADER)
          .varint(4, 1);
        member.message(5, (endPoint) => endPoint.string(1, host).varint(2, port));
      });
      call.send(frame(answer.finish()));
      call.end();
    });
}

interface Address {
  host: string;
  port: number;
}

function addressIn(authority: string | undefined): Address | undefined {
  const [, ipv6, name, port] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]@/]+)):(\d{1,5})$/i.exec(authority ?? '') ?? [];
  const host = ipv6 ?? name;
  return host === undefined ? undefined : { host, port: Number(port) };
}

export const newInstanceId = (): string => uuidText(newUuid());

import { frame } from '../codec/responses.js';
import { uuidText, newUuid } from '../codec/uuid.js';
import { Writer } from '../codec/writer.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { unary } from './append.js';

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
  [STREAMS, 'append', []],
  [STREAMS, 'batchappend', ['deadline_duration']],
  [STREAMS, 'delete', []],
  [STREAMS, 'read', ['events', 'position']],
  [STREAMS, 'tombstone', []],
];

/** ServerFeatures/GetSupportedMethods: only what is really there. */
export function supportedMethods(call: GrpcCall): void {
  const answer = new Writer();
  for (const [service, method, features] of METHODS)
    answer.message(1, (entry) => {
      entry.string(1, method).string(2, service);
      for (const feature of features) entry.string(3, feature);
    });
  answer.string(2, SERVER_VERSION);
  unary(call, () => {
    call.send(frame(answer.finish()));
    call.end();
  });
}

/** Gossip/Read: a cluster of one, which leads. */
export function gossip(instanceId: string, address: () => { host: string; port: number }): (call: GrpcCall) => void {
  return (call) =>
    unary(call, () => {
      const { host, port } = address();
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

export const newInstanceId = (): string => uuidText(newUuid());

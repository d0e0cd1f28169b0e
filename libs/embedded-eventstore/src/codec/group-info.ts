import type { GroupSettings } from './group-requests.js';
import { Writer } from './writer.js';

export interface Measurement {
  key: string;
  /** Milliseconds. */
  value: number;
}

/** One consumer of a group, as GetInfo and List tell it. */
export interface ConnectionInfo {
  username: string;
  connectionName: string;
  averagePerSecond: number;
  totalItems: number;
  /** Since the group's information was asked for the last time. */
  itemsSinceLast: number;
  measurements: Measurement[];
  availableSlots: number;
  inFlight: number;
}

/** A group, as GetInfo and List tell it. Positions are texts: a revision, or `C:commit/P:prepare`; empty for none. */
export interface GroupInfo {
  source: string;
  group: string;
  status: 'Live' | 'Behind';
  connections: ConnectionInfo[];
  averagePerSecond: number;
  totalItems: number;
  itemsSinceLast: number;
  lastCheckpoint: string;
  lastKnown: string;
  startFrom: string;
  settings: GroupSettings;
  readBuffer: number;
  liveBuffer: number;
  retryBuffer: number;
  inFlight: number;
  outstanding: number;
  parked: number;
}

export function writeGroupInfo(writer: Writer, info: GroupInfo): void {
  const { settings } = info;
  writer.string(1, info.source).string(2, info.group).string(3, info.status);
  for (const connection of info.connections) writer.message(4, (inner) => writeConnection(inner, connection));
  writer
    .varint(5, info.averagePerSecond)
    .varint(6, info.totalItems)
    .varint(7, info.itemsSinceLast)
    .string(8, info.lastCheckpoint)
    .string(9, info.lastKnown)
    .varint(10, Number(settings.resolveLinks))
    .string(11, info.startFrom)
    .varint(12, settings.messageTimeout)
    .varint(13, Number(settings.extraStatistics))
    .varint(14, settings.maxRetryCount)
    .varint(15, settings.liveBufferSize)
    .varint(16, settings.historyBufferSize)
    .varint(17, settings.readBatchSize)
    .varint(18, settings.checkpointAfter)
    .varint(19, settings.minCheckpointCount)
    .varint(20, settings.maxCheckpointCount)
    .varint(21, info.readBuffer)
    .varint(22, info.liveBuffer)
    .varint(23, info.retryBuffer)
    .varint(24, info.inFlight)
    .varint(25, info.outstanding)
    .string(26, settings.strategy)
    .varint(27, settings.maxSubscriberCount)
    .varint(28, info.parked);
}

function writeConnection(writer: Writer, connection: ConnectionInfo): void {
  writer
    .string(2, connection.username)
    .varint(3, connection.averagePerSecond)
    .varint(4, connection.totalItems)
    .varint(5, connection.itemsSinceLast);
  for (const { key, value } of connection.measurements)
    writer.message(6, (inner) => inner.string(1, key).varint(2, value));
  writer.varint(7, connection.availableSlots).varint(8, connection.inFlight).string(9, connection.connectionName);
}

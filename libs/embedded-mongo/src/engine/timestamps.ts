import { doc } from '../codec/plain.js';
import { Bin, Doc, Timestamp, type Value } from '../codec/values.js';

let last = secondNow();

function secondNow(): bigint {
  return (BigInt(Math.floor(Date.now() / 1000)) << 32n) + 1n;
}

/** Later than every time before, also when the clock of the machine is put back. */
export function nextTimestamp(): Timestamp {
  const now = secondNow();
  last = now > last ? now : last + 1n;
  return new Timestamp(last);
}

export interface ClusterTimes {
  readonly $clusterTime: Doc;
  readonly operationTime: Timestamp;
}

/** What a member signs its times with when nobody logs in; other members would compare it. */
const UNSIGNED = doc({ hash: new Bin(0, Buffer.alloc(20)), keyId: 0n });

/** Encoded once for all answers that tell this time. */
function timesAt(operationTime: Timestamp): ClusterTimes {
  const { bytes } = doc({ clusterTime: operationTime, signature: UNSIGNED });
  return { $clusterTime: new Doc(bytes), operationTime };
}

let told = timesAt(new Timestamp(last));

/** MongoDB manual, "Causal Consistency": every answer of a member of a set says what time its latest write has. */
export function clusterTimes(): ClusterTimes {
  if (told.operationTime.value !== last) told = timesAt(new Timestamp(last));
  return told;
}

function isEmpty(value: Value): boolean {
  return value instanceof Timestamp && value.value === 0n;
}

/** MongoDB manual, "BSON Types": an empty timestamp in a top-level field, but `_id`, becomes the server's time. */
export function withTimestampsSet(document: Doc): Doc {
  let fields: Map<string, Value> | undefined;
  for (const [name, value] of document.fields) {
    if (name === '_id' || !isEmpty(value)) continue;
    fields ??= new Map(document.fields);
    fields.set(name, nextTimestamp());
  }
  return fields ? new Doc(undefined, fields) : document;
}

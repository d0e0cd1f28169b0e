import { Doc, Timestamp, type Value } from '../codec/values.js';

let last = 0n;

function nextTimestamp(): Timestamp {
  const second = BigInt(Math.floor(Date.now() / 1000)) << 32n;
  last = last >= second ? last + 1n : second + 1n;
  return new Timestamp(last);
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

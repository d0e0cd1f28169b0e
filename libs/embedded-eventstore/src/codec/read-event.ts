import { Reader } from './reader.js';
import { recordedEventBytes, recordFrame, recordId } from './recorded-event.js';
import { frame } from './responses.js';
import { Writer } from './writer.js';

export interface EventShape {
  structuredIds: boolean;
}

/** RecordedEvent as the client asked for it; records hold the string form of the id. */
export function shaped(record: Buffer, shape: EventShape): Buffer {
  const stored = recordedEventBytes(record);
  if (!shape.structuredIds) return stored;
  const reader = new Reader(stored);
  reader.skip(reader.uint32());
  const id = recordId(record);
  const head = new Writer().message(1, (uuid) =>
    uuid.message(1, (halves) => halves.varint(1, id.readBigUInt64BE(0)).varint(2, id.readBigUInt64BE(8))),
  );
  return Buffer.concat([head.finish(), stored.subarray(reader.pos)]);
}

/** The ReadResp of an event that is read as it is. */
export function eventResponse(record: Buffer, position: number, shape: EventShape): Buffer {
  if (!shape.structuredIds) return recordFrame(record);
  const build = (event: Writer): Writer => event.bytes(1, shaped(record, shape)).varint(3, position);
  return frame(new Writer().message(1, build).finish());
}

/** The ReadResp of a link; `target` is undefined when the link leads nowhere. Its position is the link's. */
export function linkResponse(link: Buffer, target: Buffer | undefined, position: number, shape: EventShape): Buffer {
  const build = (event: Writer): void => {
    if (target !== undefined) event.bytes(1, shaped(target, shape));
    event.bytes(2, shaped(link, shape)).varint(3, position);
  };
  return frame(new Writer().message(1, build).finish());
}

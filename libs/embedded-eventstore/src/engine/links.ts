import { recordCreatedMs, recordData, recordType } from '../codec/recorded-event.js';
import type { Engine } from './engine.js';
import { hasAged } from './stream-state.js';

const LINK_TYPE = Buffer.from('$>');

export interface LinkTarget {
  stream: string;
  revision: number;
}

/** What a `$>` event names as revision@stream; one that names nothing is an event like any other. */
export function linkTarget(record: Buffer): LinkTarget | undefined {
  if (!recordType(record).equals(LINK_TYPE)) return undefined;
  const match = /^(-?\d+)@(.*)$/s.exec(recordData(record).toString());
  return match === null ? undefined : { stream: match[2] as string, revision: Number(match[1]) };
}

/** The event at a link's other end, one level only; revision -1 is the stream's last event. */
export function resolveLink(engine: Engine, target: LinkTarget): Buffer | undefined {
  const stream = engine.streams.find(target.stream);
  if (stream === undefined || engine.streams.isTombstoneVisible(stream) || stream.visibleMetadata.softDeleted)
    return undefined;
  const last = stream.visible - 1;
  const revision = target.revision === -1 ? last : target.revision;
  if (revision > last || revision < stream.firstVisible) return undefined;
  const record = engine.log.read(stream.positions.at(revision));
  return hasAged(stream.visibleMetadata, recordCreatedMs(record), Date.now()) ? undefined : record;
}

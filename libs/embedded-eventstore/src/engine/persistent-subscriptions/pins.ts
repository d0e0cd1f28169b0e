import { recordData, recordMetadata, recordStream, recordType } from '../../codec/recorded-event.js';
import type { Engine } from '../engine.js';
import { linkTarget, resolveLink } from '../links.js';
import type { PinOf } from './sources.js';

const LINK_TYPE = Buffer.from('$>');

/**
 * What the strategy keeps together: events of one stream, or of one `$correlationId` in the metadata. Links count as
 * what they lead to; one that leads nowhere still tells the stream.
 */
export function pinOf(strategy: string, engine: Engine, resolvesLinks: boolean): PinOf {
  if (strategy === 'Pinned') return (record) => streamOf(resolved(engine, record, resolvesLinks));
  if (strategy !== 'PinnedByCorrelation') return () => '';
  return (record) => {
    const event = resolved(engine, record, resolvesLinks);
    return correlationOf(event) ?? streamOf(event);
  };
}

function resolved(engine: Engine, record: Buffer, resolvesLinks: boolean): Buffer {
  const target = resolvesLinks ? linkTarget(record) : undefined;
  return target === undefined ? record : (resolveLink(engine, target) ?? record);
}

function streamOf(record: Buffer): string {
  if (!recordType(record).equals(LINK_TYPE)) return recordStream(record).toString();
  const link = recordData(record).toString();
  return link.slice(link.indexOf('@') + 1);
}

function correlationOf(record: Buffer): string | undefined {
  const metadata = recordMetadata(record);
  if (metadata.length === 0) return undefined;
  try {
    const parsed = JSON.parse(metadata.toString()) as { $correlationId?: unknown } | null;
    return typeof parsed?.$correlationId === 'string' ? parsed.$correlationId : undefined;
  } catch {
    return undefined;
  }
}

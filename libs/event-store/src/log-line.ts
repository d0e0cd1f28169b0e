import { ledgerNamespace, parseStreamName, uuidV5 } from '@app/kernel';
import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { jsonBytes } from './codec.js';
import { UnmovableEvent } from './errors.js';
import { recordedAtKey, recordedAtOf } from './recorded-at.js';
import { snapshotCategory } from './snapshots.js';

const tombstoneType = '$streamDeleted';
const metadataType = '$metadata';

/** What happened to one stream, as a line of an exported log tells it and as another store can be told. */
export type MovedEvent =
  | { readonly kind: 'tombstone'; readonly stream: string }
  | {
      readonly kind: 'event';
      readonly stream: string;
      readonly revision: bigint;
      readonly type: string;
      readonly id: string;
      readonly isJson: boolean;
      readonly data: Uint8Array;
      readonly metadata: Uint8Array;
    };

interface Line {
  readonly stream: string;
  readonly revision?: string;
  readonly type: string;
  readonly id?: string;
  readonly recordedAt?: string;
  readonly data?: unknown;
  /** Base64, of what is not JSON. */
  readonly bytes?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * Every stream that a decision or a read model may read, its metadata and its end. Snapshots stay behind: they hold log
 * positions of their own store, and another one makes its own. What the server writes for itself is in none of these.
 */
export function belongsToLedger(streamId: string): boolean {
  const name = streamId.startsWith('$$') ? streamId.slice(2) : streamId;
  const stream = parseStreamName(name);
  return stream !== undefined && stream.category !== snapshotCategory;
}

/**
 * The canonical content of a stored event: what two stores must have in common to hold the same ledger. Metadata of a
 * stream and a tombstone are told without id and time, which the server gives to those that it writes by itself.
 * @throws UnmovableEvent when the client does not give back what was stored
 */
export function lineOf(stored: StoredEvent): string {
  const { streamId: stream, type } = stored;
  if (type === tombstoneType) return JSON.stringify({ stream, type } satisfies Line);
  const revision = stored.revision.toString();
  if (type === metadataType) return exactly(JSON.stringify({ stream, revision, type, data: stored.data }));
  const { [recordedAtKey]: _recordedAt, ...metadata } = metadataOf(stored);
  return JSON.stringify({
    stream,
    revision,
    type,
    id: stored.id,
    recordedAt: recordedAtOf(stored).toISOString(),
    ...contentOf(stored),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  } satisfies Line);
}

function metadataOf(stored: StoredEvent): Readonly<Record<string, unknown>> {
  const metadata: unknown = stored.metadata ?? {};
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata) || metadata instanceof Uint8Array)
    throw new UnmovableEvent(
      stored.streamId,
      stored.revision,
      'its metadata is no JSON object, so that no time goes in',
    );
  return metadata as Readonly<Record<string, unknown>>;
}

function contentOf(stored: StoredEvent): Pick<Line, 'data' | 'bytes'> {
  if (!stored.isJson) return { bytes: Buffer.from(stored.data).toString('base64') };
  // The client gives JSON that it cannot read as text, which nobody can tell from a JSON text.
  if (typeof stored.data === 'string')
    throw new UnmovableEvent(stored.streamId, stored.revision, 'it is called JSON and has no JSON object');
  return { data: stored.data };
}

/** Soft deletion is 2^63 - 1 in the metadata of a stream, which no JavaScript number is. */
const exactly = (json: string): string => json.replace(/("\$tb":)9223372036854776000\b/, '$19223372036854775807');

/** Reverse of {@link lineOf}. @throws Error when it is no such line */
export function movedEventOf(text: string): MovedEvent {
  const { stream, revision, type, id, recordedAt, data, bytes, metadata } = JSON.parse(text) as Line;
  if (typeof stream !== 'string' || typeof type !== 'string' || !belongsToLedger(stream))
    throw new Error('it names no stream of a ledger');
  if (type === tombstoneType) return { kind: 'tombstone', stream };
  if (revision === undefined || !/^\d{1,19}$/.test(revision)) throw new Error('it has no revision');
  const event = { kind: 'event', stream, revision: BigInt(revision), type } as const;
  if (type === metadataType) {
    const said = exactly(JSON.stringify(data));
    const madeId = uuidV5(ledgerNamespace, `${stream} ${revision} ${said}`);
    return { ...event, id: madeId, isJson: true, data: Buffer.from(said), metadata: new Uint8Array() };
  }
  if (id === undefined || recordedAt === undefined) throw new Error('it has no id or no time');
  return {
    ...event,
    id,
    isJson: bytes === undefined,
    data: bytes === undefined ? jsonBytes(data as object) : Buffer.from(bytes, 'base64'),
    metadata: jsonBytes({ ...metadata, [recordedAtKey]: recordedAt }),
  };
}

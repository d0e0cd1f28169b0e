import {
  eventIdOf,
  eventsByType,
  parseStreamName,
  type CommandMetadata,
  type DomainEvent,
  type EventDefinition,
  type EventMetadata,
  type RecordedEvent,
} from '@app/kernel';
import type { RecordedEvent as StoredEvent } from '@eventstore/db-client';
import { z } from 'zod';
import { EventTooLarge, UnreadableEvent, UnstorableEvent } from './errors.js';
import { isFollowed } from './followed-events.js';
import { recordedAtOf } from './recorded-at.js';

export const eventSizeLimit = 64 * 1024;

/** An event that is ready for the wire: validated and measured. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  /** JSON. */
  readonly data: Uint8Array;
  /** JSON. */
  readonly metadata: Uint8Array;
  /** Size of data and metadata. */
  readonly bytes: number;
}

/** In the memory that small buffers share; the client knows bytes only as a plain Uint8Array. */
export function jsonBytes(value: object): Uint8Array {
  const { buffer, byteOffset, length } = Buffer.from(JSON.stringify(value));
  return new Uint8Array(buffer, byteOffset, length);
}

const metadataSchema = z.object({
  schemaVersion: z.int().min(1),
  commandId: z.string(),
  correlationId: z.string(),
  causationId: z.string().optional(),
  actor: z.object({
    person: z.string(),
    role: z.string(),
    tenant: z.string(),
    grant: z.string(),
    grantRevision: z.string(),
  }),
  onBehalfOf: z.string().optional(),
  traceparent: z.string().optional(),
  occurredAt: z.string(),
  legalBasis: z.string().optional(),
});

const deepest = 32;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Refuses names that reach into JavaScript's own objects, and nesting that no event of ours has. */
function assertPlain(value: unknown, depth = 0): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepest) throw new Error(`nested deeper than ${deepest} levels`);
  for (const name of Object.keys(value)) {
    if (forbidden.has(name)) throw new Error(`the name ${name} is not used in events`);
    assertPlain((value as Record<string, unknown>)[name], depth + 1);
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);

/** Domain events to stored JSON and back, by the catalogues of the contexts. */
export class Codec {
  readonly #definitions: ReadonlyMap<string, EventDefinition>;

  constructor(definitions: ReadonlyMap<string, EventDefinition> = eventsByType()) {
    this.#definitions = definitions;
  }

  /** @throws UnstorableEvent before anything is sent: a throw inside the client would leave its promise hanging. */
  encode({ type, data }: DomainEvent, command: CommandMetadata, index: number): EncodedEvent {
    const definition = this.#definitions.get(type);
    if (definition === undefined) throw new UnstorableEvent(`No catalogue has an event ${type}.`);
    const checked = definition.schema.safeParse(data);
    if (!checked.success) throw new UnstorableEvent(`${type} does not fit its schema: ${reasonOf(checked.error)}`);
    const { expectedRevision: _precondition, ...kept } = command;
    const metadata = jsonBytes({ schemaVersion: definition.version, ...kept } satisfies EventMetadata);
    const content = jsonBytes(data);
    const bytes = content.length + metadata.length;
    if (bytes > eventSizeLimit) throw new EventTooLarge(bytes, eventSizeLimit, type);
    return { id: eventIdOf(command.commandId, index), type, data: content, metadata, bytes };
  }

  /** Undefined for an event that is not ours; throws UnreadableEvent for one that should be readable. */
  decode(stored: StoredEvent): RecordedEvent | undefined {
    const stream = parseStreamName(stored.streamId);
    if (stream === undefined || !isFollowed(stored.type)) return undefined;
    const position = stored.position ?? { commit: 0n, prepare: 0n };
    try {
      if (!stored.isJson) throw new Error('it is not JSON');
      const definition = this.#definitions.get(stored.type);
      if (definition === undefined) throw new Error('no catalogue has this type');
      const metadata = metadataSchema.parse(stored.metadata) as EventMetadata;
      return {
        id: stored.id,
        type: stored.type,
        data: this.#today(definition, metadata.schemaVersion, stored.data),
        metadata,
        stream,
        streamName: stored.streamId,
        revision: stored.revision,
        position,
        recordedAt: recordedAtOf(stored),
      };
    } catch (error) {
      throw new UnreadableEvent(stored.id, stored.type, stored.streamId, stored.revision, position, reasonOf(error));
    }
  }

  #today({ version, schema, upcasters }: EventDefinition, from: number, stored: unknown): object {
    assertPlain(stored);
    if (from > version) throw new Error(`version ${from} is newer than this program, which knows ${version}`);
    let data = stored as Record<string, unknown>;
    for (let at = from; at < version; at++) {
      const upcast = upcasters?.[at];
      if (upcast === undefined) throw new Error(`no upcaster from version ${at}`);
      data = upcast(data);
    }
    return schema.parse(data) as object;
  }
}

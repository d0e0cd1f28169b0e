import type { z } from 'zod';

/** What one stored event type looks like today, and how older stored versions become it. */
export interface EventDefinition<Schema extends z.ZodType = z.ZodType> {
  /** Version that is written now; the first one is 1. */
  readonly version: number;
  readonly schema: Schema;
  /** `upcasters[n]` turns data of version n into data of version n + 1. */
  readonly upcasters?: Readonly<Record<number, (data: Record<string, unknown>) => Record<string, unknown>>>;
}

export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

const known = new Map<string, EventDefinition>();

/** Names and fields given here are frozen once an event of that type is stored: add a version, never change one. */
export function defineEvents<const Definitions extends EventDefinitions>(definitions: Definitions): Definitions {
  for (const [type, definition] of Object.entries(definitions)) {
    if (known.has(type)) throw new Error(`Two contexts define an event ${type}: names are unique.`);
    known.set(type, definition);
  }
  return definitions;
}

/** Every event of the modules that are loaded, by type: the catalogue that the codec reads by. */
export const eventsByType = (): ReadonlyMap<string, EventDefinition> => known;

/** The union `{ type, data }` of all events in a catalogue. */
export type EventOf<Definitions extends EventDefinitions> = {
  [Type in keyof Definitions & string]: {
    readonly type: Type;
    readonly data: Readonly<z.infer<Definitions[Type]['schema']>>;
  };
}[keyof Definitions & string];

export interface DomainEvent<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** Who acted, in what role and by which grant. `person` is a digest of (issuer, subject): no personal data. */
export interface Actor {
  readonly person: string;
  readonly role: string;
  readonly tenant: string;
  /** The directory grant that gave the role, and its stream revision when it was checked. */
  readonly grant: string;
  readonly grantRevision: string;
}

/** What every stored event carries beside its data. */
export interface EventMetadata {
  readonly schemaVersion: number;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly traceparent?: string;
  /** Valid time, RFC 3339. */
  readonly occurredAt: string;
  readonly legalBasis?: string;
}

/** Log position of EventStoreDB, both halves; strings over HTTP. */
export interface Position {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export interface StreamId {
  /** Kind of aggregate, e.g. `agency`; no hyphen. */
  readonly category: string;
  /** Agency that owns the stream. */
  readonly tenant: string;
  readonly id: string;
}

/** An event as read back: upcast to today's version and validated. */
export interface RecordedEvent<Event extends DomainEvent = DomainEvent> {
  readonly id: string;
  readonly type: Event['type'];
  readonly data: Event['data'];
  readonly metadata: EventMetadata;
  readonly stream: StreamId;
  readonly streamName: string;
  readonly revision: bigint;
  readonly position: Position;
  /** Knowledge time: when the store recorded it. */
  readonly recordedAt: Date;
}

/** `agency-boston/boston`: category, tenant and id; EventStoreDB takes the part before the first hyphen as category. */
export const streamName = ({ category, tenant, id }: StreamId): string => `${category}-${tenant}/${id}`;

/** Reverse of {@link streamName}; undefined for a stream that is not ours. */
export function parseStreamName(name: string): StreamId | undefined {
  const hyphen = name.indexOf('-');
  const slash = name.indexOf('/', hyphen + 1);
  if (hyphen < 1 || slash < 0 || name.startsWith('$')) return undefined;
  return { category: name.slice(0, hyphen), tenant: name.slice(hyphen + 1, slash), id: name.slice(slash + 1) };
}

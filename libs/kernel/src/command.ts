import type { Actor } from './events.js';
import { ledgerNamespace, uuidV5 } from './uuid.js';

/** Everything about a command but its content. Time and ids enter here, and nowhere else. */
export interface CommandMetadata {
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly actor: Actor;
  readonly onBehalfOf?: string;
  readonly traceparent?: string;
  /** RFC 3339, from the Clock port at the door. */
  readonly occurredAt: string;
  readonly legalBasis?: string;
  /** From If-Match: the decision holds only for this stream revision; -1n means that there must be no stream. */
  readonly expectedRevision?: bigint;
}

/** Of a further command that the same request makes necessary: an id of its own, and no revision to hold against. */
export const stepOf = ({ expectedRevision: _revision, ...cause }: CommandMetadata, step: string): CommandMetadata => ({
  ...cause,
  commandId: uuidV5(ledgerNamespace, `${cause.commandId} ${step}`),
  causationId: cause.commandId,
});

/** A request to change one aggregate: `class RegisterAgency extends Command<{ name: string }> {}`. */
export abstract class Command<Data extends object = object> {
  constructor(
    readonly tenant: string,
    readonly id: string,
    readonly data: Data,
    readonly metadata: CommandMetadata,
  ) {}
}

/** What an accepted command answers. */
export interface Accepted {
  readonly tenant: string;
  readonly id: string;
  readonly streamName: string;
  /** Revision of the stream after the command; -1n for a stream that has no events. */
  readonly revision: bigint;
  /** Log position of the last event; undefined when there was nothing to do. */
  readonly position?: { readonly commit: bigint; readonly prepare: bigint };
  readonly eventIds: readonly string[];
  /** The same command was accepted before: this is the answer of that time. */
  readonly repeated?: boolean;
}

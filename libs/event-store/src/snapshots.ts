import { createHash } from 'node:crypto';
import { streamName, uuidV5, type Accepted, type Aggregate, type DomainEvent, type StreamId } from '@app/kernel';
import { z } from 'zod';
import { jsonBytes } from './codec.js';
import { appendSizeLimit, type EventLog } from './event-log.js';
import { besideEvents } from './followed-events.js';

/** State of a stream at a revision, with what its recent commands were answered. */
export interface Snapshot {
  readonly state: unknown;
  readonly revision: bigint;
  /** Of the event at `revision`: another event there means another history. */
  readonly eventId: string;
  readonly answers: readonly (readonly [commandId: string, Accepted])[];
}

/** The same as read back; answers are made when they are asked for. */
type RestoredSnapshot = Omit<Snapshot, 'answers'> & {
  readonly answers: readonly (readonly [commandId: string, () => Accepted])[];
};

/** A snapshot that may be used, where there is one, and the revision of the snapshot stream. */
export interface FoundSnapshot {
  readonly snapshot?: RestoredSnapshot;
  readonly streamRevision: bigint;
}

const type = `${besideEvents}Snapshot`;

const answerSchema = z.object({
  command: z.string(),
  revision: z.string(),
  commit: z.string(),
  prepare: z.string(),
  events: z.int(),
});
const contentSchema = z.object({
  revision: z.string(),
  eventId: z.string(),
  state: z.looseObject({}),
  answers: z.array(answerSchema),
});
const storedSchema = z.object({ foldVersion: z.int(), digest: z.string(), content: contentSchema });

type StoredAnswer = z.infer<typeof answerSchema>;

const digestOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('base64url');

export const snapshotCategory = 'snapshot';

/** `snapshot-<stream>`: holds the newest snapshot only. */
export const snapshotStreamOf = (stream: StreamId): string => `${snapshotCategory}-${streamName(stream)}`;

/** Snapshots save reading and decide nothing: what follows one in its stream is read and folded in every case. */
export class Snapshots {
  constructor(private readonly log: EventLog) {}

  /** A snapshot that is damaged, or made by another version of the fold, counts as none. */
  async find(aggregate: Aggregate<unknown, DomainEvent>, stream: StreamId): Promise<FoundSnapshot> {
    const event = await this.log.last(snapshotStreamOf(stream));
    if (event === undefined) return { streamRevision: -1n };
    const streamRevision = event.revision;
    try {
      const { foldVersion, digest, content } = storedSchema.parse(event.data);
      if (foldVersion !== aggregate.snapshot!.version || digest !== digestOf(content)) return { streamRevision };
      const { revision, eventId, state, answers } = content;
      const snapshot = {
        state: aggregate.snapshot!.decode(state),
        revision: BigInt(revision),
        eventId,
        answers: answers.map((answer) => [answer.command, () => answerIn(answer, stream)] as const),
      };
      return { snapshot, streamRevision };
    } catch {
      return { streamRevision };
    }
  }

  /**
   * Writes a snapshot after the one at `previous` (-1n: there is none). One that is too large is left out.
   * @returns the revision of the snapshot stream.
   */
  async keep(
    aggregate: Aggregate<unknown, DomainEvent>,
    stream: StreamId,
    { state, revision, eventId, answers }: Snapshot,
    previous: bigint,
  ): Promise<bigint> {
    const { version, encode } = aggregate.snapshot!;
    const content = { revision: `${revision}`, eventId, state: encode(state), answers: answers.map(storedAnswer) };
    // Parsed as it will be read back: members in the schema's order, and none that JSON leaves out.
    const plain = contentSchema.parse(JSON.parse(JSON.stringify(content)));
    const data = jsonBytes({ foldVersion: version, digest: digestOf(plain), content: plain });
    const bytes = data.length;
    if (bytes > appendSizeLimit) return previous;
    const name = snapshotStreamOf(stream);
    if (previous === -1n) await this.log.keepNewestOnly(name);
    const event = { id: uuidV5(eventId, `snapshot ${version}`), type, data, metadata: jsonBytes({}), bytes };
    return (await this.log.append(name, [event], previous)).revision;
  }
}

const storedAnswer = ([command, { revision, position, eventIds }]: readonly [string, Accepted]): StoredAnswer => ({
  command,
  revision: `${revision}`,
  commit: `${position?.commit ?? 0n}`,
  prepare: `${position?.prepare ?? 0n}`,
  events: eventIds.length,
});

/** The ids of the events follow from the id of their command. */
const answerIn = ({ command, revision, commit, prepare, events }: StoredAnswer, stream: StreamId): Accepted => ({
  tenant: stream.tenant,
  id: stream.id,
  streamName: streamName(stream),
  revision: BigInt(revision),
  position: { commit: BigInt(commit), prepare: BigInt(prepare) },
  eventIds: Array.from({ length: events }, (_, index) => uuidV5(command, `${index}`)),
});

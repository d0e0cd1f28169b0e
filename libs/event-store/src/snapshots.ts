import { createHash } from 'node:crypto';
import { streamName, uuidV5, type Accepted, type Aggregate, type DomainEvent, type StreamId } from '@app/kernel';
import { z } from 'zod';
import { jsonBytes } from './codec.js';
import { appendSizeLimit, type EventLog } from './event-log.js';
import { besideEvents } from './followed-events.js';
import { cut, joined } from './snapshot-parts.js';

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
const made = { foldVersion: z.int(), digest: z.string() };
const wholeSchema = z.object({ ...made, content: contentSchema });
/** One of several events that follow each other and are a snapshot together. */
const partSchema = z.object({ ...made, part: z.int().min(1), parts: z.int().min(1), packed: z.string() });
const storedSchema = z.union([wholeSchema, partSchema]);

type StoredAnswer = z.infer<typeof answerSchema>;

const digestOf = (content: object): string => createHash('sha256').update(JSON.stringify(content)).digest('base64url');

export const snapshotCategory = 'snapshot';

/** `snapshot-<stream>`: holds the events of the newest snapshot. */
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
      const { foldVersion, digest, content } = await this.#whole(storedSchema.parse(event.data), event.streamId);
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

  async #whole(stored: z.infer<typeof storedSchema>, name: string): Promise<z.infer<typeof wholeSchema>> {
    if ('content' in stored) return stored;
    const { foldVersion, digest, parts } = stored;
    const newest = await this.log.newest(name, parts);
    const inOrder = newest.map(({ data }) => partSchema.parse(data)).reverse();
    if (inOrder.length !== parts || inOrder.some((one, index) => one.part !== index + 1 || one.digest !== digest))
      throw new Error('The writing of the snapshot was broken off.');
    const content = contentSchema.parse(JSON.parse(await joined(inOrder.map(({ packed }) => packed))));
    return { foldVersion, digest, content };
  }

  /**
   * Writes a snapshot after the one at `previous` (-1n: there is none), in parts where one append cannot hold it. One that is too
   * large even so is left out.
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
    const of = { foldVersion: version, digest: digestOf(plain) };
    const whole = jsonBytes({ ...of, content: plain });
    const parts = whole.length <= appendSizeLimit ? [whole] : await this.#parts(of, plain);
    if (parts === undefined) return previous;
    const name = snapshotStreamOf(stream);
    if (parts.length > 1 || previous === -1n) await this.log.keepNewest(name, parts.length);
    let at = previous;
    for (const [index, data] of parts.entries()) {
      const id = uuidV5(eventId, `snapshot ${version} ${index}`);
      const event = { id, type, data, metadata: jsonBytes({}), bytes: data.length };
      at = (await this.log.append(name, [event], at)).revision;
    }
    return at;
  }

  async #parts(of: object, content: object): Promise<readonly Uint8Array[] | undefined> {
    const packed = await cut(JSON.stringify(content));
    return packed?.map((part, index) => jsonBytes({ ...of, part: index + 1, parts: packed.length, packed: part }));
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

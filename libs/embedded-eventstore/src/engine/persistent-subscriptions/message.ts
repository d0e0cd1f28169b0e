/** An event on its way to a consumer of a group. */
export class Message {
  retryCount = 0;
  /** Its place among everything that the group has read; -1 for a replayed one, which no checkpoint waits for. */
  sequence = -1;
  /** The position that may be checkpointed while this one is unanswered; undefined before the first. */
  previous: number | undefined;

  constructor(
    /** The sixteen bytes that a consumer answers with, as latin1. */
    readonly id: string,
    /** Where its record lies in the log. */
    readonly at: number,
    /** What checkpoints name: a revision, or for `$all` the log position. For a replayed one its parked number. */
    readonly position: number,
    /** Messages with one pin belong to one consumer when the strategy pins; else not used. */
    readonly pin: string,
    readonly isReplayed: boolean,
    /** The record, kept until the first delivery so that it is not read twice. */
    public record: Buffer | undefined,
  ) {}
}

import type { Message } from './message.js';

/** When a checkpoint is due; counts are of events, `after` is milliseconds or Infinity. */
export interface CheckpointRule {
  after: number;
  atLeast: number;
  atMost: number;
}

/**
 * How far a group has come. Everything read gets a number in the order of the source, so that no checkpoint passes an
 * event that was read and not answered, whether it is with a consumer, waits for another try, or was never sent.
 */
export class Progress {
  private readonly open = new Map<number, Message>();
  private last = -1;
  private lastPosition: number | undefined;
  private checkpointed = -1;
  private checkpointedAt = Number.NEGATIVE_INFINITY;
  /** What was checkpointed last; undefined when nothing ever was. */
  checkpoint: number | undefined;

  constructor(
    private readonly rule: CheckpointRule,
    checkpoint: number | undefined,
  ) {
    if (checkpoint === undefined) return;
    this.last = this.checkpointed = 0;
    this.lastPosition = this.checkpoint = checkpoint;
  }

  begin(message: Message): void {
    this.last += 1;
    message.sequence = this.last;
    message.previous = this.lastPosition;
    this.lastPosition = message.position;
    this.open.set(message.sequence, message);
  }

  /** Events that the filter does not let through need no answer. */
  skip(position: number, count: number): void {
    this.last += count;
    this.lastPosition = position;
  }

  answered(message: Message): void {
    this.open.delete(message.sequence);
  }

  /** The position to checkpoint now, undefined when none is due. Whoever asks writes it. */
  due(now: number, isTimeCheck: boolean): number | undefined {
    const { after, atLeast, atMost } = this.rule;
    if (this.last - this.checkpointed < (isTimeCheck ? 1 : atMost)) return undefined;
    const lowest = this.open.values().next().value;
    const sequence = lowest === undefined ? this.last : lowest.sequence - 1;
    const position = lowest === undefined ? this.lastPosition : lowest.previous;
    const done = sequence - this.checkpointed;
    if (position === undefined || done <= 0) return undefined;
    const isFull = done >= atMost;
    if (!isFull && !(isTimeCheck && done >= atLeast && now - this.checkpointedAt >= after)) return undefined;
    this.checkpointed = sequence;
    this.checkpointedAt = now;
    this.checkpoint = position;
    return position;
  }
}

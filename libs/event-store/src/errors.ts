import type { Position } from '@app/kernel';

/** The stream is not at the revision that If-Match named; nothing was recorded. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(
    readonly streamName: string,
    readonly expected: bigint,
    readonly actual: bigint,
  ) {
    super(`${streamName} is at revision ${actual}, not ${expected}.`);
  }
}

/** The store did not accept the request, or nobody knows whether it did: the same command may be sent again. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** Somebody else appended first. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
}

/** The event cannot be stored as it is: a defect of the code that made it. */
export class UnstorableEvent extends Error {
  override readonly name = 'UnstorableEvent';
}

/** What a command records is larger than an event or an append may be: the command is refused, and nothing was recorded. */
export class EventTooLarge extends UnstorableEvent {
  constructor(
    readonly bytes: number,
    readonly most: number,
    what: string,
  ) {
    super(`${what} has ${bytes} bytes; at most ${most} are kept.`);
  }
}

/** A stored event that today's code cannot read: parked by projections, never dropped. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  constructor(
    readonly eventId: string,
    readonly type: string,
    readonly streamName: string,
    readonly revision: bigint,
    readonly position: Position,
    reason: string,
  ) {
    super(`Event ${eventId} (${type}) in ${streamName} at revision ${revision} cannot be read: ${reason}`);
  }
}

/** A stored event that cannot be taken to another store as it is. */
export class UnmovableEvent extends Error {
  override readonly name = 'UnmovableEvent';
  constructor(streamName: string, revision: bigint, reason: string) {
    super(`The event of ${streamName} at revision ${revision} cannot be moved: ${reason}.`);
  }
}

import type { Position } from '@app/kernel';
import type { ParkedEvent } from './parked-events.js';

/** Keeps every read model from the log, in this thread or in another one. */
export abstract class ProjectionEngine {
  /** Names of the read models. */
  abstract readonly names: readonly string[];

  /** Why the engine stands still; undefined while it works. */
  abstract readonly failure: unknown;

  /** Events applied since the start. */
  abstract readonly events: number;

  /** Age in seconds of the oldest event that waits; 0 when none does. */
  abstract readonly lag: number;

  /** Documents with parked events. */
  abstract readonly parkedDocuments: number;

  /** @throws Error when the log is not the one that the read models were made from. */
  abstract start(): Promise<void>;

  abstract stop(): Promise<void>;

  /** Last event that every read model has; where another process projects, as that one saved it. */
  abstract position(): Promise<Position | undefined>;

  /** Whether the read models have the event at `position`, after waiting for it at most that long. */
  abstract waitFor(position: Position, milliseconds: number): Promise<boolean>;

  /** Builds views anew from one reading of the log, beside the old ones, which answer until the new ones take their names. */
  abstract rebuild(...names: readonly string[]): Promise<void>;

  abstract parked(): Promise<ParkedEvent[]>;

  /** Folds the parked events of a document again, in order, until one fails. @returns how many are left. */
  abstract retry(projection: string, document: string): Promise<number>;

  /** Gives up the first parked event of a document, then goes on with those behind it. @returns how many are left. */
  abstract skip(projection: string, document: string): Promise<number>;
}

/**
 * What clients of a store asked, were answered and saw while they worked at once, and what the store held at the end.
 *
 * A store is seen as logs: a stream, `$all`, or a document to which writers add. A log is the list of the ids of its
 * entries. A moment is a number from one counter of the recording process, so that it tells what came before what.
 */
export interface History {
  readonly writes: readonly Write[];
  readonly sights: readonly Sight[];
  readonly cuts: readonly Cut[];
  /** Every log, read when nobody wrote any more. */
  readonly final: ReadonlyMap<string, readonly string[]>;
}

/** Entries that are to be added together, in their order, and to every log that is named. */
export interface Write {
  readonly ids: readonly string[];
  readonly logs: readonly string[];
  /** It was to be done only when the first log had so many entries. */
  readonly onlyAt?: number;
  readonly asked: number;
  /** Absent when no answer came: it may be done or not. */
  readonly answer?: Answer;
}

export type Answer =
  /** `at` is the index of its first entry in the first log, where the answer tells it. */
  | { readonly done: true; readonly at?: number; readonly moment: number }
  /** `length` is how long the first log was said to be, where the answer tells it. */
  | { readonly done: false; readonly length?: number; readonly moment: number };

/** A log as somebody saw it, from an index on. */
export interface Sight {
  readonly who: string;
  readonly log: string;
  readonly from: number;
  readonly ids: readonly string[];
  /** What was done before this moment had to be seen: when a read was asked, when a subscriber was up to date. */
  readonly since: number;
  /** When each entry was seen; one moment when all came with one answer. */
  readonly seen: number | readonly number[];
}

/** How long several logs were in one reading that is to show them all at one instant. */
export interface Cut {
  readonly who: string;
  readonly lengths: ReadonlyMap<string, number>;
}

/** Lost: it was done, or seen, and is not there. Phantom: it is there and was not asked for, was refused, or is torn. */
export type FaultKind = 'lost' | 'phantom' | 'reordered' | 'doubled' | 'stale';

export interface Fault {
  readonly kind: FaultKind;
  readonly what: string;
}

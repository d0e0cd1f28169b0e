import type { DomainEvent, EventDefinitions } from './events.js';

/** One kind of stream: how its state begins and how each event changes it. `evolve` is pure. */
export interface Aggregate<State, Event extends DomainEvent> {
  /** First part of its stream names; no hyphen. */
  readonly category: string;
  readonly events: EventDefinitions;
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  /** For streams that may grow long. */
  readonly snapshot?: Snapshotting<State>;
}

/** How the state of a long stream is kept beside it, so that a load need not begin at the first event. */
export interface Snapshotting<State> {
  /** To be raised with every change of `evolve` or of the state's shape: a snapshot of another version is ignored. */
  readonly version: number;
  /** Events from one snapshot to the next. */
  readonly every: number;
  /** To plain JSON. */
  readonly encode: (state: State) => object;
  /** Throws at what it does not know; the stream is then folded from its beginning. */
  readonly decode: (stored: object) => State;
}

/** Pure: no clock, no chance, no I/O. No events means that there is nothing to do. */
export type Decide<Input, State, Event extends DomainEvent, Facts = undefined> = (
  command: Input,
  state: State,
  facts: Facts,
) => readonly Event[];

/** Ends an `evolve` switch: the compiler refuses an event type that is not handled. */
export function unhandled(event: never): never {
  throw new Error(`No fold for event ${JSON.stringify(event)}`);
}

import type { AggregateReader } from '@app/event-store';
import { consultationTerms } from '../statement/consultation-terms.js';
import { statements, type Statements } from '../statement/statement.state.js';
import type { VoteFacts } from './cast-vote/cast-vote.js';

interface Terms {
  readonly consultation: VoteFacts['consultation'];
  readonly statements: Statements;
}

/** Milliseconds for which they are believed, as facts of other records are. */
const freshFor = 250;

/** What the votes of a consultation are held against: asked for by every line of an upload, so that most lines wait for nothing. */
export class VotingTerms {
  #terms: Terms | undefined;
  #loadedAt = -Infinity;
  #loading: Promise<void> | undefined;

  constructor(
    private readonly reader: AggregateReader,
    private readonly agency: string,
    private readonly consultation: string,
  ) {}

  /** True when they may be asked for; else `load` comes first. */
  get areFresh(): boolean {
    return this.#loading === undefined && performance.now() - this.#loadedAt < freshFor;
  }

  /** All who ask meanwhile wait for it, and go on in the order in which they came. */
  load(): Promise<void> {
    if (this.#loading !== undefined) return this.#loading;
    const loading = this.#load();
    this.#loading = loading;
    const done = (): void => {
      this.#loading = undefined;
    };
    // Only when all of them have gone on may somebody pass without waiting.
    loading.then(
      () => setImmediate(done),
      () => setImmediate(done),
    );
    return loading;
  }

  of(statement: string): VoteFacts {
    const { consultation, statements: all } = this.#terms!;
    return { consultation, statement: all.get(statement) };
  }

  async #load(): Promise<void> {
    const loadedAt = performance.now();
    const [consultation, { state }] = await Promise.all([
      consultationTerms(this.reader, this.agency, this.consultation),
      this.reader.load(statements, this.agency, this.consultation),
    ]);
    this.#terms = { consultation, statements: state };
    this.#loadedAt = loadedAt;
  }
}

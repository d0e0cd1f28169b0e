import type { StreamState } from './stream-state.js';

/** Streams that were looked up lately. What is forgotten is looked up again. */
export class StreamCache {
  private readonly byName = new Map<string, StreamState>();
  private scheduled = false;

  /** `most` answers how many are kept. */
  constructor(private readonly most: () => number) {}

  get(name: string): StreamState | undefined {
    const stream = this.byName.get(name);
    if (stream === undefined) return undefined;
    this.byName.delete(name);
    this.byName.set(name, stream);
    return stream;
  }

  add(stream: StreamState): void {
    this.byName.set(stream.name, stream);
    if (this.scheduled || this.byName.size <= this.most()) return;
    this.scheduled = true;
    // Not at once: whoever works with a stream in this turn must have the only state of it.
    setImmediate(() => this.forgetOldest());
  }

  delete(stream: StreamState): void {
    this.byName.delete(stream.name);
  }

  private forgetOldest(): void {
    this.scheduled = false;
    const most = this.most();
    for (const name of this.byName.keys()) {
      if (this.byName.size <= most) return;
      this.byName.delete(name);
    }
  }
}

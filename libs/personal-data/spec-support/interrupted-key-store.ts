import { KeyStore, type Entry, type Epoch, type NamedKey, type WrappedKey } from '../src/keys/key-store.js';

/** The process ends here. */
export class Interrupted extends Error {}

/** A key store in memory whose process ends before or after a change. */
export class InterruptedKeyStore extends KeyStore {
  readonly #epochs = new Map<number, string>();
  readonly #entries = new Map<string, Entry>();
  #changes = 0;
  /** 3: before the third change; 3.5: after it. */
  endsAt = Infinity;

  get changes(): number {
    return this.#changes;
  }

  override async epochs(): Promise<readonly Epoch[]> {
    return [...this.#epochs].sort(([a], [b]) => a - b).map(([number, wrapped]) => ({ number, wrapped }));
  }
  override beginEpoch({ number, wrapped }: Epoch): Promise<void> {
    return this.#change(() => void (this.#epochs.has(number) || this.#epochs.set(number, wrapped)));
  }
  override destroyEpochsBefore(number: number): Promise<void> {
    return this.#change(() => {
      for (const epoch of this.#epochs.keys()) if (epoch < number) this.#epochs.delete(epoch);
    });
  }
  override async find(name: string): Promise<Entry | undefined> {
    return this.#entries.get(name);
  }
  override add(name: string, key: WrappedKey): Promise<'added' | 'stands' | 'epoch-closed'> {
    return this.#change(() => {
      if (this.#entries.has(name)) return 'stands';
      if (key.epoch !== Math.max(...this.#epochs.keys())) return 'epoch-closed';
      this.#entries.set(name, { status: 'standing', key });
      return 'added';
    });
  }
  override rewrap(name: string, from: WrappedKey, key: WrappedKey): Promise<void> {
    return this.#change(() => {
      const entry = this.#entries.get(name);
      if (entry?.status === 'standing' && entry.key.wrapped === from.wrapped)
        this.#entries.set(name, { status: 'standing', key });
    });
  }
  override shred(name: string): Promise<void> {
    return this.#change(() => void this.#entries.set(name, { status: 'shredded' }));
  }
  override async keysOfEpochsBefore(number: number, after: string, limit: number): Promise<readonly NamedKey[]> {
    return [...this.#entries]
      .flatMap(([name, entry]) => (entry.status === 'standing' ? [{ name, key: entry.key }] : []))
      .filter(({ name, key }) => key.epoch < number && name > after)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .slice(0, limit);
  }
  override async count(): Promise<{ readonly standing: number; readonly shredded: number }> {
    const standing = [...this.#entries.values()].filter(({ status }) => status === 'standing').length;
    return { standing, shredded: this.#entries.size - standing };
  }
  override async close(): Promise<void> {
    return undefined;
  }

  async #change<Result>(work: () => Result): Promise<Result> {
    this.#changes += 1;
    if (this.#changes >= this.endsAt) throw new Interrupted();
    const result = work();
    if (this.#changes + 0.5 >= this.endsAt) throw new Interrupted();
    return result;
  }
}

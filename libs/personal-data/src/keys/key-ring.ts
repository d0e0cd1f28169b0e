import { createHmac, randomBytes, type KeyObject } from 'node:crypto';
import { newKey, unwrap, wrap } from './ciphers.js';
import type { KeyStore, NamedKey, WrappedKey } from './key-store.js';

/** A key as it is used, in memory only. */
export interface OpenKey {
  readonly keyId: string;
  readonly key: KeyObject;
}

export type FoundKey = { readonly status: 'standing'; readonly key: OpenKey } | { readonly status: 'shredded' };

export interface KeyRingSettings {
  readonly store: KeyStore;
  readonly masterKey: KeyObject;
  /** Milliseconds, from any beginning. */
  readonly now?: () => number;
}

export interface ClosedEpoch {
  /** The epoch that keys are wrapped under now. */
  readonly epoch: number;
  /** Keys that were wrapped anew. */
  readonly rewrapped: number;
}

export interface KeyCounts {
  readonly epoch: number;
  /** Older epochs whose closing was interrupted, or is under way. */
  readonly closing: readonly number[];
  readonly standing: number;
  readonly shredded: number;
}

const mostOpenKeys = 10_000;
/** Milliseconds for which this process believes that no other one has shredded a key. */
const freshFor = 500;
const mostAttempts = 20;
const atOnce = 500;

const epochContext = (epoch: number): readonly string[] => ['civic-ledger/epoch/1', String(epoch)];
const keyContext = (name: string, { keyId, epoch }: Pick<WrappedKey, 'keyId' | 'epoch'>): readonly string[] => [
  'civic-ledger/key/1',
  name,
  keyId,
  String(epoch),
];

/** Master key over the key of the epoch over one key for each name. */
export class KeyRing {
  readonly #store: KeyStore;
  readonly #masterKey: KeyObject;
  readonly #now: () => number;
  /** The oldest first. */
  readonly #open = new Map<string, { readonly key: OpenKey; readonly until: number }>();
  /** Counted, so that what was read before a shredding is not kept after it. */
  #shredCount = 0;
  #epochs = new Map<number, KeyObject>();

  private constructor({ store, masterKey, now = () => performance.now() }: KeyRingSettings) {
    this.#store = store;
    this.#masterKey = masterKey;
    this.#now = now;
  }

  /**
   * Begins the first epoch, or finishes a closing that was interrupted.
   * @throws Error when the master key is another one, or the keys are older than the keys of their epochs.
   */
  static async open(settings: KeyRingSettings): Promise<KeyRing> {
    const ring = new KeyRing(settings);
    await ring.#readEpochs();
    if (ring.epoch === 0 && (await settings.store.count()).standing > 0) throw new KeyStoreTooOld();
    await ring.#begin(Math.max(ring.epoch, 1));
    await ring.#finishClosing();
    return ring;
  }

  /** The newest one: what is added is wrapped under its key. */
  get epoch(): number {
    return Math.max(0, ...this.#epochs.keys());
  }

  /** The key of this name; made where there is none. */
  async obtain(name: string): Promise<FoundKey> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const found = await this.find(name);
      if (found !== undefined) return found;
      const shredCount = this.#shredCount;
      const key = newKey();
      const about = { keyId: randomBytes(16).toString('base64url'), epoch: this.epoch };
      const wrapped = wrap(this.#epochs.get(about.epoch)!, key, keyContext(name, about));
      const outcome = await this.#store.add(name, { ...about, wrapped });
      if (outcome === 'added') return this.#keep(name, { keyId: about.keyId, key }, shredCount);
      if (outcome === 'epoch-closed') await this.#readEpochs();
    }
    throw new Error(`The key store did not take a key within ${mostAttempts} attempts.`);
  }

  async find(name: string): Promise<FoundKey | undefined> {
    const open = this.#open.get(name);
    if (open !== undefined && open.until > this.#now()) return { status: 'standing', key: open.key };
    this.#open.delete(name);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const shredCount = this.#shredCount;
      const entry = await this.#store.find(name);
      if (entry?.status !== 'standing') return entry;
      const epochKey = this.#epochs.get(entry.key.epoch);
      if (epochKey === undefined) {
        // Another process has begun an epoch, or has just closed the one of this key.
        await this.#readEpochs();
        continue;
      }
      const key = unwrap(epochKey, entry.key.wrapped, keyContext(name, entry.key));
      if (key === undefined) throw new KeyChanged();
      return this.#keep(name, { keyId: entry.key.keyId, key }, shredCount);
    }
    throw new KeyStoreTooOld();
  }

  /** Durable when it resolves. Another process may use the key for half a second more. */
  async shred(name: string): Promise<void> {
    await this.#store.shred(name);
    this.#shredCount += 1;
    this.#open.delete(name);
  }

  /**
   * Wraps what lives under the key of a new epoch and destroys the key of this one, and of older ones. Nothing happens
   * when the epoch is closed already; a closing that was interrupted is finished by the next one or the next start.
   */
  async closeEpoch(number: number): Promise<ClosedEpoch> {
    await this.#readEpochs();
    if (number > this.epoch) throw new Error(`Epoch ${number} has not begun: the newest one is ${this.epoch}.`);
    if (number === this.epoch) await this.#begin(number + 1);
    return { epoch: this.epoch, rewrapped: await this.#finishClosing() };
  }

  async counts(): Promise<KeyCounts> {
    await this.#readEpochs();
    const closing = [...this.#epochs.keys()].filter((number) => number < this.epoch);
    return { epoch: this.epoch, closing, ...(await this.#store.count()) };
  }

  /** HMAC-SHA-256 under a key of its own, which is made at its first use. */
  async digest(name: string, text: string): Promise<Buffer> {
    const found = await this.obtain(name);
    if (found.status !== 'standing') throw new Error(`The key ${name} was shredded.`);
    return createHmac('sha256', found.key.key).update(text).digest();
  }

  async #begin(number: number): Promise<void> {
    const known = this.#epochs.get(number);
    const wrapped = wrap(this.#masterKey, known ?? newKey(), epochContext(number));
    // Where another process was faster, its key stands.
    await this.#store.beginEpoch({ number, wrapped });
    await this.#readEpochs();
  }

  async #readEpochs(): Promise<void> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const epochs = (await this.#store.epochs()).map(
        ({ number, wrapped }) => [number, unwrap(this.#masterKey, wrapped, epochContext(number))] as const,
      );
      const readable = epochs.flatMap(([number, key]) => (key === undefined ? [] : [[number, key] as const]));
      this.#epochs = new Map(readable);
      if (readable.length === epochs.length) return;
      // One of them may be overwritten by another process at this very moment.
    }
    throw new Error('The master key is not the one that this key store was made with.');
  }

  async #finishClosing(): Promise<number> {
    let rewrapped = 0;
    for (;;) {
      const newest = this.epoch;
      const found = await this.#rewrapBefore(newest);
      rewrapped += found;
      // Another process that closes an epoch may have put in between what it has read before: look again until nothing
      // is left. After that nothing it has read still stands, so it puts nothing any more.
      if (found > 0 || newest !== this.epoch) continue;
      await this.#store.destroyEpochsBefore(newest);
      await this.#readEpochs();
      return rewrapped;
    }
  }

  /** How many keys of older epochs were found. */
  async #rewrapBefore(epoch: number): Promise<number> {
    let found = 0;
    for (let after = ''; ;) {
      const keys = await this.#store.keysOfEpochsBefore(epoch, after, atOnce);
      const seen = await Promise.all(keys.map((each) => this.#rewrap(each, epoch)));
      found += seen.filter(Boolean).length;
      if (keys.length < atOnce) return found;
      after = keys.at(-1)!.name;
    }
  }

  /** False for what no process waits for: a key that was begun under an epoch which is gone, and never used. */
  async #rewrap({ name, key: from }: NamedKey, epoch: number): Promise<boolean> {
    const [old, now] = [this.#epochs.get(from.epoch), this.#epochs.get(epoch)];
    if (old === undefined || now === undefined) {
      const entry = await this.#store.find(name);
      const stands = entry?.status === 'standing' && entry.key.wrapped === from.wrapped;
      // Where the newer key is missing, another process has closed that epoch too.
      if (stands && now !== undefined) throw new KeyStoreTooOld();
      return entry?.status === 'standing';
    }
    const key = unwrap(old, from.wrapped, keyContext(name, from));
    if (key === undefined) throw new KeyChanged();
    const about = { keyId: from.keyId, epoch };
    await this.#store.rewrap(name, from, { ...about, wrapped: wrap(now, key, keyContext(name, about)) });
    return true;
  }

  #keep(name: string, key: OpenKey, shredCount: number): FoundKey {
    if (shredCount === this.#shredCount) {
      this.#open.set(name, { key, until: this.#now() + freshFor });
      if (this.#open.size > mostOpenKeys) this.#open.delete(this.#open.keys().next().value!);
    }
    return { status: 'standing', key };
  }
}

/** Keys whose epoch was closed after this copy of the key store was made: nobody can open them again. */
export class KeyStoreTooOld extends Error {
  override readonly name = 'KeyStoreTooOld';
  constructor() {
    super('The key store has keys of an epoch whose own key is gone. Restore a copy made after that epoch was closed.');
  }
}

/** A wrapped key that is not what was stored. */
export class KeyChanged extends Error {
  override readonly name = 'KeyChanged';
  constructor() {
    super('A key in the key store is damaged. Restore the key store from a copy.');
  }
}

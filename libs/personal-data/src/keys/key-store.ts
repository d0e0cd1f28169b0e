/** A key of 32 bytes, encrypted: base64url of IV, tag and ciphertext. */
export type Wrapped = string;

/** A key that is encrypted under the key of its epoch. */
export interface WrappedKey {
  /** Opaque; part of every ciphertext. */
  readonly keyId: string;
  readonly epoch: number;
  readonly wrapped: Wrapped;
}

export interface Epoch {
  /** From 1. */
  readonly number: number;
  /** Its key, encrypted under the master key. */
  readonly wrapped: Wrapped;
}

export type Entry =
  | { readonly status: 'standing'; readonly key: WrappedKey }
  /** There was a key, and there will be none again. */
  | { readonly status: 'shredded' };

export interface NamedKey {
  readonly name: string;
  readonly key: WrappedKey;
}

/** Port: where wrapped keys are kept, apart from the event store. What a method did is on disk when it resolves. */
export abstract class KeyStore {
  /** In order of their numbers. */
  abstract epochs(): Promise<readonly Epoch[]>;

  /** From now on no key is added under an older epoch. Nothing happens where the number is taken. */
  abstract beginEpoch(epoch: Epoch): Promise<void>;

  /** Forgets the keys of all epochs before `number`. */
  abstract destroyEpochsBefore(number: number): Promise<void>;

  abstract find(name: string): Promise<Entry | undefined>;

  /** `stands`: somebody was faster, or the key was shredded. `epoch-closed`: wrap it anew and try again. */
  abstract add(name: string, key: WrappedKey): Promise<'added' | 'stands' | 'epoch-closed'>;

  /** Puts `to` in the place of `from`; nothing happens where that no longer stands. */
  abstract rewrap(name: string, from: WrappedKey, to: WrappedKey): Promise<void>;

  /** Also where there is no key yet. */
  abstract shred(name: string): Promise<void>;

  /** In order of their names, those of epochs before `number` that come after the name `after`: `limit` at most. */
  abstract keysOfEpochsBefore(number: number, after: string, limit: number): Promise<readonly NamedKey[]>;

  abstract count(): Promise<{ readonly standing: number; readonly shredded: number }>;

  abstract close(): Promise<void>;
}

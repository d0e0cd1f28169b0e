/** Answer that was given to a request with an Idempotency-Key. */
export interface KeptAnswer {
  readonly _id: string;
  readonly payloadHash: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent, so that a replay gives the same bytes. */
  readonly body: string;
  readonly keptAt: Date;
}

/** What is known of the answer to a request with a key, while it is worked on. */
export interface FirstAnswer {
  readonly id: string;
  readonly payloadHash: string;
  /** Of a failure it is not: a retry is tried anew. */
  isFinal: boolean;
}

/** Port: answers survive a restart and are dropped after two days. */
export abstract class Answers {
  abstract find(id: string): Promise<KeptAnswer | undefined>;
  /** The first answer stays when two were given. */
  abstract keep(answer: KeptAnswer): Promise<void>;
}

export const answersAreKeptFor = 48 * 3600 * 1000;

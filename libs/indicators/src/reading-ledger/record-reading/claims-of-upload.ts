import type { PeriodKey } from '@app/kernel';
import type { ClaimFor, ReadingIdsClaimer } from '../../reading-ids/reading-ids-claimer.js';

interface Waiting {
  readonly id: string;
  readonly period: PeriodKey;
  readonly resolve: (period: PeriodKey) => void;
  readonly reject: (reason: unknown) => void;
}

/** An event has 64 KiB, and a character at most three bytes. */
const mostCharacters = 20_000;

/** Claims of one upload, in order and many at once: what comes while the store is busy goes together. */
export class ClaimsOfUpload {
  readonly #known = new Map<string, Promise<PeriodKey>>();
  #waiting: Waiting[] = [];
  #busy = false;

  constructor(
    private readonly claimer: ReadingIdsClaimer,
    private readonly of: ClaimFor,
  ) {}

  /** The period that has the id, claimed for `period` where it is free. */
  periodOf(id: string, period: PeriodKey): Promise<PeriodKey> {
    const key = `${period} ${id}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const asked = new Promise<PeriodKey>((resolve, reject) => this.#waiting.push({ id, period, resolve, reject }));
    this.#known.set(key, asked);
    if (!this.#busy) void this.#work();
    return asked;
  }

  async #work(): Promise<void> {
    this.#busy = true;
    // Whatever else arrives in this turn of the event loop joins the first claim.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0)
      await Promise.all(claimsIn(this.#waiting.splice(0)).map((claim) => this.#make(claim)));
    this.#busy = false;
  }

  async #make(claim: readonly Waiting[]): Promise<void> {
    try {
      const ids = claim.map(({ id }) => id);
      const periods = await this.claimer.claim(this.of, claim[0]!.period, ids);
      claim.forEach(({ resolve }, at) => resolve(periods[at]!));
    } catch (error) {
      for (const { reject } of claim) reject(error);
    }
  }
}

/** One claim is for one period, and fits into one event. */
function claimsIn(waiting: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const open = new Map<PeriodKey, { readonly claim: Waiting[]; characters: number }>();
  const claims: Waiting[][] = [];
  for (const one of waiting) {
    let into = open.get(one.period);
    if (into === undefined || into.characters + one.id.length > mostCharacters) {
      into = { claim: [], characters: 0 };
      open.set(one.period, into);
      claims.push(into.claim);
    }
    into.claim.push(one);
    into.characters += one.id.length;
  }
  return claims;
}

import type { FastifyRequest } from 'fastify';

/** The address that a request comes from; of IPv6 its /64, which is what one household has. */
export const callerAddress = ({ ip }: Pick<FastifyRequest, 'ip'>): string =>
  ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip;

/** Counts what each caller does in a minute of the clock; nothing is kept beyond it. */
export class CallerQuota {
  #minute = -1;
  readonly #taken = new Map<string, number>();

  /** False when the caller has used up the minute. */
  take(caller: string, perMinute: number, now: Date): boolean {
    const minute = Math.floor(now.getTime() / 60_000);
    if (minute !== this.#minute) this.#taken.clear();
    this.#minute = minute;
    const taken = this.#taken.get(caller) ?? 0;
    if (taken >= perMinute) return false;
    this.#taken.set(caller, taken + 1);
    return true;
  }
}

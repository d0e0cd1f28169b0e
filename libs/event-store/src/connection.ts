import { EventStoreDBClient } from '@eventstore/db-client';
import { guarded, retire } from './client-guard.js';

const failuresUntilRenewal = 3;
const millisecondsBetweenRenewals = 1_000;

export type Preference = 'leader' | 'follower';

/**
 * The connection string with the kind of cluster member to talk to; a single node ignores it. What decides must be
 * current and asks the leader whatever the string says; what follows spares it unless the string says otherwise.
 */
export function preferring(url: string, preference: Preference): string {
  const stated = /([?&])nodePreference=[^&]*/i;
  if (!stated.test(url)) return `${url}${url.includes('?') ? '&' : '?'}nodePreference=${preference}`;
  return preference === 'leader' ? url.replace(stated, '$1nodePreference=leader') : url;
}

let clients = 0;

/** Clients whose settings are equal share one TCP connection, a dead one too: a millisecond makes each one differ. */
function withOwnSocket(url: string): string {
  const stated = /([?&]keepAliveTimeout=)(\d+)/i;
  const [, , milliseconds = '10000'] = stated.exec(url) ?? [];
  const own = Number(milliseconds) + ++clients;
  if (stated.test(url)) return url.replace(stated, `$1${own}`);
  return `${url}${url.includes('?') ? '&' : '?'}keepAliveTimeout=${own}`;
}

const open = (url: string): EventStoreDBClient => guarded(EventStoreDBClient.connectionString(withOwnSocket(url)));

/** One client of the store, and another one when it no longer answers. */
export class Connection {
  #client: EventStoreDBClient;
  #failures = 0;
  #renewedAt = -Infinity;
  #closed = false;

  constructor(private readonly url: string) {
    this.#client = open(url);
  }

  get client(): EventStoreDBClient {
    return this.#client;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  answered(): void {
    this.#failures = 0;
  }

  /** After repeated failures in a row the client itself may be what is broken: it keeps failed look-ups for ever. */
  failed(client: EventStoreDBClient): void {
    if (client !== this.#client) return;
    this.#failures += 1;
    if (this.#failures >= failuresUntilRenewal) this.renew();
  }

  renew(): void {
    if (this.#closed || performance.now() - this.#renewedAt < millisecondsBetweenRenewals) return;
    const old = this.#client;
    this.#client = open(this.url);
    this.#failures = 0;
    this.#renewedAt = performance.now();
    void retire(old);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await retire(this.#client);
  }
}

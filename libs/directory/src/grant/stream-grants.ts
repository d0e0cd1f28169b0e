import { StreamDecider } from '@app/event-store';
import { Grants, roles, type HeldGrant, type Role } from '@app/http';
import { Clock, streamName } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { grant } from './grant.state.js';

const freshFor = 500;
const mostEntries = 10_000;

/** Grants from their streams. Kept for half a second, so a revoked role is refused within one. */
@Injectable()
export class StreamGrants extends Grants {
  readonly #kept = new Map<string, { readonly until: number; readonly held: Promise<HeldGrant> }>();

  constructor(
    private readonly decider: StreamDecider,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async held(tenant: string, person: string): Promise<HeldGrant> {
    const name = streamName({ category: grant.category, tenant, id: person });
    const now = this.clock.now().getTime();
    const kept = this.#kept.get(name);
    if (kept !== undefined && kept.until > now && kept.until <= now + freshFor) return kept.held;
    if (this.#kept.size >= mostEntries) this.#kept.clear();
    const held = this.#load(name, tenant, person);
    this.#kept.set(name, { until: now + freshFor, held });
    held.catch(() => this.#kept.delete(name));
    return held;
  }

  /** For the process that has just changed a grant. */
  forget(tenant: string, person: string): void {
    this.#kept.delete(streamName({ category: grant.category, tenant, id: person }));
  }

  async #load(name: string, tenant: string, person: string): Promise<HeldGrant> {
    const { state, revision } = await this.decider.load(grant, tenant, person);
    return { roles: state.held.map(({ role }) => role).filter(isRole), grant: name, revision };
  }
}

const isRole = (name: string): name is Role => (roles as readonly string[]).includes(name);

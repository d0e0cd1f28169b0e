import { StreamDecider } from '@app/event-store';
import { stepOf, type CommandMetadata } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { Terms } from '../agreement/agreement.state.js';
import { PromiseService, promiseService } from './promise-service/promise-service.js';
import { ReleaseService, releaseService } from './release-service/release-service.js';
import { servicePromise } from './service-promise.state.js';

/**
 * Reserves every service of an agreement before it comes into force: no two agreements can, whatever the order in which
 * they are activated. A reservation that was made by a request that broke off is the agreement's own when it comes again.
 */
@Injectable()
export class ServicePromises {
  constructor(private readonly decider: StreamDecider) {}

  /** @throws RuleViolation when another agreement binds one of the services; then none is newly reserved. */
  async reserve(tenant: string, agreementId: string, terms: Terms, cause: CommandMetadata): Promise<void> {
    const of = (role: 'provider' | 'consumer') =>
      terms.parties.filter((party) => party.role === role).map(({ partyId }) => partyId);
    const data = { agreementId, providers: of('provider'), consumers: of('consumer') };
    const reserved: string[] = [];
    try {
      for (const service of [...terms.serviceIds].sort()) {
        const command = new PromiseService(tenant, service, data, stepOf(cause, `promise ${service}`));
        const { eventIds } = await this.decider.execute(servicePromise, command, promiseService, undefined);
        if (eventIds.length > 0) reserved.push(service);
      }
    } catch (error) {
      for (const service of reserved) {
        const release = new ReleaseService(tenant, service, { agreementId }, stepOf(cause, `release ${service}`));
        await this.decider.execute(servicePromise, release, releaseService, undefined);
      }
      throw error;
    }
  }
}

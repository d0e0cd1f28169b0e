import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { service, type RegisteredService, type ServiceOwner } from '../service.state.js';

/** What citizens see: everything but the persons who answer for it. */
export interface ServiceAnswer {
  readonly agency: string;
  readonly service: string;
  readonly revision: string;
  readonly state: Omit<RegisteredService, 'owners'>;
}

export interface ServiceOwnersAnswer {
  readonly agency: string;
  readonly service: string;
  readonly revision: string;
  readonly owners: readonly ServiceOwner[];
}

@Controller('v1/agencies/:agency/services/:service')
export class ReadServiceEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<ServiceAnswer>> {
    const { state, revision } = await this.#registered(agency, id, at);
    const { owners: _, ...shown } = state;
    return revised({ agency, service: id, revision: revision.toString(), state: shown }, revision);
  }

  @Get('owners')
  @Roles('service-owner', 'head-of-department', 'executive', 'verifier', 'oversight', 'analyst', 'administrator')
  async owners(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<ServiceOwnersAnswer>> {
    const { state, revision } = await this.#registered(agency, id, at);
    return revised({ agency, service: id, revision: revision.toString(), owners: state.owners }, revision);
  }

  async #registered(agency: string, id: string, at: PointInLog) {
    const { state, revision } = await this.decider.load(service, agency, id, at);
    if (state.status === 'unregistered') throw new Problem(problems.notFound);
    return { state, revision };
  }
}

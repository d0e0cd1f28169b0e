import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { agency } from '../agency.state.js';

export interface AgencyAnswer {
  readonly id: string;
  readonly revision: string;
  readonly name: string;
  readonly timeZone: string;
}

@Controller('v1/agencies/:agency')
export class ReadAgencyEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(@Param('agency') id: string, @AsOf() at: PointInLog): Promise<Revised<AgencyAnswer>> {
    const { state, revision } = await this.decider.load(agency, id, id, at);
    if (state.status === 'unregistered') throw new Problem(problems.notFound);
    const { name, timeZone } = state;
    return revised({ id, revision: revision.toString(), name, timeZone }, revision);
  }
}

import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { indicator, type IndicatorOwner } from '../indicator.state.js';

export interface OwnerAnswer extends IndicatorOwner {
  readonly agency: string;
  readonly indicator: string;
}

/** Who answers for an indicator: a person, so it is not part of the open card. */
@Controller('v1/agencies/:agency/indicators/:indicator/owner')
export class ReadOwnerEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Roles('administrator', 'service-owner', 'verifier', 'oversight', 'analyst')
  async get(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<OwnerAnswer>> {
    const { state, revision } = await this.decider.load(indicator, agency, id, at);
    if (state.status === 'undefined' || state.owner === undefined)
      throw new Problem(problems.notFound, 'Nobody was named as owner.');
    return revised({ agency, indicator: id, ...state.owner }, revision);
  }
}

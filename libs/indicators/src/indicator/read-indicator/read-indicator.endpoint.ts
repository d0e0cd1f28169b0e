import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import type { IndicatorCard } from '../indicator.events.js';
import { indicator } from '../indicator.state.js';

export interface IndicatorAnswer {
  readonly agency: string;
  readonly indicator: string;
  readonly revision: string;
  readonly card: IndicatorCard;
}

@Controller('v1/agencies/:agency/indicators/:indicator')
export class ReadIndicatorEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<IndicatorAnswer>> {
    const { state, revision } = await this.decider.load(indicator, agency, id, at);
    if (state.status === 'undefined') throw new Problem(problems.notFound);
    return revised({ agency, indicator: id, revision: revision.toString(), card: state.card }, revision);
  }
}

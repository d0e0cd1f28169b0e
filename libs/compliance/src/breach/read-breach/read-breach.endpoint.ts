import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, TextField, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { breach, breachId, type BreachState } from '../breach.state.js';

export class BreachQuery {
  @TextField('Scope, such as district=south; left out: the whole', { optional: true, maxLength: 200 })
  scope?: string;
}

@Controller('v1/agencies/:agency/agreements/:agreement/periods/:period/breaches/:objective')
export class ReadBreachEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('agreement') agreement: string,
    @Param('period') period: string,
    @Param('objective') objective: string,
    @Query() { scope = 'all' }: BreachQuery,
    @AsOf() at: PointInLog,
  ): Promise<Revised<{ readonly id: string; readonly state: BreachState }>> {
    const id = breachId(agreement, objective, scope, period);
    const { state, revision } = await this.decider.load(breach, agency, id, at);
    if (state.status === 'undetected') throw new Problem(problems.notFound);
    return revised({ id, state }, revision);
  }
}

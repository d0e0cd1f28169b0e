import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { compliancePeriod, compliancePeriodId, type CompliancePeriodState } from '../compliance-period.state.js';

export interface PeriodAnswer {
  readonly agency: string;
  readonly agreement: string;
  readonly period: string;
  readonly revision: string;
  readonly state: CompliancePeriodState;
}

/** How the figures of the scorecard came about: public, because it holds pins and figures and no person. */
@Controller('v1/agencies/:agency/agreements/:agreement/periods/:period')
export class ReadPeriodEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('agreement') agreement: string,
    @Param('period') period: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<PeriodAnswer>> {
    const id = compliancePeriodId(agreement, period);
    const { state, revision } = await this.decider.load(compliancePeriod, agency, id, at);
    if (state.status === 'unopened') throw new Problem(problems.notFound);
    return revised({ agency, agreement, period, revision: revision.toString(), state }, revision);
  }
}

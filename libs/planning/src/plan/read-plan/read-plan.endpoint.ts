import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { plan, type PlanState } from '../plan.state.js';

export interface PlanAnswer {
  readonly agency: string;
  readonly plan: string;
  readonly revision: string;
  readonly state: PlanState;
}

@Controller('v1/agencies/:agency/plans/:plan')
export class ReadPlanEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Roles(
    'service-owner',
    'team-member',
    'head-of-department',
    'executive',
    'verifier',
    'oversight',
    'analyst',
    'administrator',
  )
  async get(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<PlanAnswer>> {
    const { state, revision } = await this.decider.load(plan, agency, id, at);
    if (state.status === 'unopened') throw new Problem(problems.notFound);
    return revised({ agency, plan: id, revision: revision.toString(), state }, revision);
  }
}

import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Roles, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { initiativeIdOf } from '../initiative-facts.js';
import { initiative, type StartedInitiative } from '../initiative.state.js';

export interface InitiativeAnswer {
  readonly agency: string;
  readonly plan: string;
  readonly initiative: string;
  readonly revision: string;
  readonly state: StartedInitiative;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative')
export class ReadInitiativeEndpoint {
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
    @Param('plan') plan: string,
    @Param('initiative') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<InitiativeAnswer>> {
    const { state, revision } = await this.decider.load(initiative, agency, initiativeIdOf(plan, id), at);
    if (state.status === 'not-started') throw new Problem(problems.notFound);
    return revised({ agency, plan, initiative: id, revision: revision.toString(), state }, revision);
  }
}

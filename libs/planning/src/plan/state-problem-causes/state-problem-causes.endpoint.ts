import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  ListField,
  RequestContext,
  Roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { CauseBody } from '../problem-body.js';
import { StateProblemCauses, stateProblemCauses } from './state-problem-causes.js';

export const StateProblemCausesHandler = handles(StateProblemCauses, plan, stateProblemCauses);

export class StateProblemCausesBody {
  @ListField('All causes of the problem', () => CauseBody, { maxItems: 50 })
  causes: CauseBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/problems/:problem/causes')
export class StateProblemCausesEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('team-member', 'service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('problem') problemId: string,
    @Body() { causes }: StateProblemCausesBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new StateProblemCauses(agency, id, { problemId, causes }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

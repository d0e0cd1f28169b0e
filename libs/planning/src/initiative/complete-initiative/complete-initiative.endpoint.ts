import { handles } from '@app/event-store';
import { Commands, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import { Controller, Param, Post } from '@nestjs/common';
import { addressOf, initiativeIdOf, todayOf } from '../initiative-facts.js';
import { initiative } from '../initiative.state.js';
import { CompleteInitiative, completeInitiative } from './complete-initiative.js';

export const CompleteInitiativeHandler = handles(CompleteInitiative, initiative, completeInitiative, todayOf);

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/completion')
export class CompleteInitiativeEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new CompleteInitiative(agency, id, {}, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), false);
  }
}

import { handles } from '@app/event-store';
import { Commands, IdField, RequestContext, Roles, accepted, type AcceptedBody, type CommandContext } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { NameSolutionOwner, nameSolutionOwner } from './name-solution-owner.js';

export const NameSolutionOwnerHandler = handles(NameSolutionOwner, plan, nameSolutionOwner);

export class NameSolutionOwnerBody {
  @IdField('Person who answers for the solution', { example: 'p-3f9c' })
  owner: string;
}

@Controller('v1/agencies/:agency/plans/:plan/solutions/:solution/owner')
export class NameSolutionOwnerEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('solution') solutionId: string,
    @Body() { owner }: NameSolutionOwnerBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new NameSolutionOwner(agency, id, { solutionId, owner }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

import { handles } from '@app/event-store';
import {
  Commands,
  IdField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { addressOf, initiativeIdOf } from '../initiative-facts.js';
import { initiative } from '../initiative.state.js';
import { ChangeInitiativeOwner, changeInitiativeOwner } from './change-initiative-owner.js';

export const ChangeInitiativeOwnerHandler = handles(ChangeInitiativeOwner, initiative, changeInitiativeOwner);

export class ChangeInitiativeOwnerBody {
  @IdField('Person who answers for it and reports on it from now on', { example: 'p-3f9c' })
  owner: string;
  @TextField('Why it is somebody else', { maxLength: 2000, example: 'The first one left.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/owner')
export class ChangeInitiativeOwnerEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('head-of-department', 'executive', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Body() body: ChangeInitiativeOwnerBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new ChangeInitiativeOwner(agency, id, body, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), false);
  }
}

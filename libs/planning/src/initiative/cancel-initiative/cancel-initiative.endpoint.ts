import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { addressOf, initiativeIdOf, todayOf } from '../initiative-facts.js';
import { initiative } from '../initiative.state.js';
import { CancelInitiative, cancelInitiative } from './cancel-initiative.js';

export const CancelInitiativeHandler = handles(CancelInitiative, initiative, cancelInitiative, todayOf);

export class CancelInitiativeBody {
  @TextField('Why it is given up', { maxLength: 2000, example: 'The council withdrew the money.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/cancellation')
export class CancelInitiativeEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('head-of-department', 'executive')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Body() body: CancelInitiativeBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new CancelInitiative(agency, id, body, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), false);
  }
}

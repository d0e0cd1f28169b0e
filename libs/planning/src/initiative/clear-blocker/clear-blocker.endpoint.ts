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
import { ClearBlocker, clearBlocker } from './clear-blocker.js';

export const ClearBlockerHandler = handles(ClearBlocker, initiative, clearBlocker, todayOf);

export class ClearBlockerBody {
  @TextField('How it was cleared', { maxLength: 2000, example: 'One was rented.' })
  how: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/blockers/:blocker/clearance')
export class ClearBlockerEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Param('blocker') blockerId: string,
    @Body() body: ClearBlockerBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new ClearBlocker(agency, id, { blockerId, ...body }, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), false);
  }
}

import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { addressOf, initiativeIdOf, todayOf } from '../initiative-facts.js';
import { blockerSeverities, type BlockerSeverity } from '../initiative.events.js';
import { initiative } from '../initiative.state.js';
import { RaiseBlocker, raiseBlocker } from './raise-blocker.js';

export const RaiseBlockerHandler = handles(RaiseBlocker, initiative, raiseBlocker, todayOf);

export class RaiseBlockerBody {
  @SlugField('Short name of the blocker', { example: 'no-van' })
  blockerId: string;
  @TextField('What is in the way', { maxLength: 2000, example: 'There is no van.' })
  description: string;
  @EnumField('How much it holds up', blockerSeverities, { example: 'high' })
  severity: BlockerSeverity;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/blockers')
export class RaiseBlockerEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Body() body: RaiseBlockerBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new RaiseBlocker(agency, id, body, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), result.eventIds.length > 0);
  }
}

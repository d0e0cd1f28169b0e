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
import { MissMilestone, missMilestone } from './miss-milestone.js';

export const MissMilestoneHandler = handles(MissMilestone, initiative, missMilestone, todayOf);

export class MissMilestoneBody {
  @TextField('Why it was not reached in time', { maxLength: 2000, example: 'No applicants.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/milestones/:milestone/miss')
export class MissMilestoneEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Param('milestone') milestoneId: string,
    @Body() body: MissMilestoneBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new MissMilestone(agency, id, { milestoneId, ...body }, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), false);
  }
}

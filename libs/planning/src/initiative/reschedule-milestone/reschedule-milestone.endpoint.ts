import { handles } from '@app/event-store';
import {
  Commands,
  DateField,
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
import { RescheduleMilestone, rescheduleMilestone } from './reschedule-milestone.js';

export const RescheduleMilestoneHandler = handles(RescheduleMilestone, initiative, rescheduleMilestone);

export class RescheduleMilestoneBody {
  @DateField('New day on which it is due, up to the end of the plan', { example: '2026-09-30' })
  dueOn: string;
  @TextField('Why the day is another one', { maxLength: 2000, example: 'No applicants.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/milestones/:milestone/due-date')
export class RescheduleMilestoneEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Param('milestone') milestoneId: string,
    @Body() body: RescheduleMilestoneBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new RescheduleMilestone(agency, id, { milestoneId, ...body }, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), false);
  }
}

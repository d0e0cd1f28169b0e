import { handles } from '@app/event-store';
import {
  Commands,
  DateField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { addressOf, initiativeIdOf } from '../initiative-facts.js';
import { initiative } from '../initiative.state.js';
import { PlanMilestone, planMilestone } from './plan-milestone.js';

export const PlanMilestoneHandler = handles(PlanMilestone, initiative, planMilestone);

export class PlanMilestoneBody {
  @SlugField('Short name of the milestone', { example: 'crew-hired' })
  milestoneId: string;
  @TextField('What will have been reached', { maxLength: 300, example: 'Six people are hired' })
  title: string;
  @DateField('Day on which it is due, up to the end of the plan', { example: '2026-06-30' })
  dueOn: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/milestones')
export class PlanMilestoneEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Body() body: PlanMilestoneBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new PlanMilestone(agency, id, body, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), result.eventIds.length > 0);
  }
}

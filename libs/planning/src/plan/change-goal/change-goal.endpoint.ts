import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { GoalTermsBody, goalOf } from '../goal-body.js';
import { goalFacts } from '../goal-facts.js';
import { plan } from '../plan.state.js';
import { ChangeGoal, changeGoal } from './change-goal.js';

export const ChangeGoalHandler = handles(ChangeGoal, plan, changeGoal, goalFacts);

@Controller('v1/agencies/:agency/plans/:plan/goals/:goal/change')
export class ChangeGoalEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('goal') goalId: string,
    @Body() body: GoalTermsBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ChangeGoal(agency, id, goalOf(goalId, body), metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { GoalBody, goalOf } from '../goal-body.js';
import { goalFacts } from '../goal-facts.js';
import { plan } from '../plan.state.js';
import { SetGoal, setGoal } from './set-goal.js';

export const SetGoalHandler = handles(SetGoal, plan, setGoal, goalFacts);

@Controller('v1/agencies/:agency/plans/:plan/goals')
export class SetGoalEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') plan: string,
    @Body() { id, ...terms }: GoalBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new SetGoal(agency, plan, goalOf(id, terms), metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${plan}`, result.eventIds.length > 0);
  }
}

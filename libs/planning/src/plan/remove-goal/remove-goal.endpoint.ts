import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { RemoveGoal, removeGoal } from './remove-goal.js';

export const RemoveGoalHandler = handles(RemoveGoal, plan, removeGoal);

export class RemoveGoalBody {
  @TextField('Why', { maxLength: 500, example: 'Another goal measures the same.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/goals/:goal/removal')
export class RemoveGoalEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('goal') goalId: string,
    @Body() { reason }: RemoveGoalBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RemoveGoal(agency, id, { goalId, reason }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

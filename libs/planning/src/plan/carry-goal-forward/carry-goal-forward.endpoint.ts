import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  SlugField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { CarryGoalForward, carryGoalForward } from './carry-goal-forward.js';

export const CarryGoalForwardHandler = handles(
  CarryGoalForward,
  plan,
  carryGoalForward,
  async ({ tenant, data: { toPlan } }, reader) => {
    const { state } = await reader.load(plan, tenant, toPlan);
    return { predecessor: state.status === 'unopened' ? undefined : state.predecessor };
  },
);

export class CarryGoalForwardBody {
  @SlugField('Plan of the next cycle, which names this plan as its predecessor', { example: 'water-2029' })
  toPlan: string;
}

@Controller('v1/agencies/:agency/plans/:plan/goals/:goal/continuation')
export class CarryGoalForwardEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('goal') goalId: string,
    @Body() body: CarryGoalForwardBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new CarryGoalForward(agency, id, { goalId, ...body }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

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
import { agency as agencyAggregate } from '@app/directory/events';
import { plan } from '../plan.state.js';
import { ClosePlanCycle, closePlanCycle } from './close-plan-cycle.js';

export const ClosePlanCycleHandler = handles(ClosePlanCycle, plan, closePlanCycle, async ({ tenant }, reader) => {
  const { state } = await reader.load(agencyAggregate, tenant, tenant);
  return { timeZone: state.status === 'registered' ? state.timeZone : 'UTC' };
});

export class ClosePlanCycleBody {
  @TextField('Why the cycle is closed now', { maxLength: 2000, example: 'The last day of the plan has passed.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/closing')
export class ClosePlanCycleEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'executive')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: ClosePlanCycleBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ClosePlanCycle(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

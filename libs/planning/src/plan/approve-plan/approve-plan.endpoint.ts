import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ContentHashBody } from '../decision-body.js';
import { plan } from '../plan.state.js';
import { ApprovePlan, approvePlan } from './approve-plan.js';

export const ApprovePlanHandler = handles(ApprovePlan, plan, approvePlan);

@Controller('v1/agencies/:agency/plans/:plan/approval')
export class ApprovePlanEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('executive')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: ContentHashBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ApprovePlan(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ContentHashBody } from '../decision-body.js';
import { plan } from '../plan.state.js';
import { EndorsePlan, endorsePlan } from './endorse-plan.js';

export const EndorsePlanHandler = handles(EndorsePlan, plan, endorsePlan);

@Controller('v1/agencies/:agency/plans/:plan/endorsement')
export class EndorsePlanEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('head-of-department')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: ContentHashBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new EndorsePlan(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

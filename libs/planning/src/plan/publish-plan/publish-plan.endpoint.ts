import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { consultationsOf } from '../consultation-facts.js';
import { ContentHashBody } from '../decision-body.js';
import { plan } from '../plan.state.js';
import { PublishPlan, publishPlan } from './publish-plan.js';

export const PublishPlanHandler = handles(PublishPlan, plan, publishPlan, async ({ tenant, id }, reader) => {
  const { state } = await reader.load(plan, tenant, id);
  return consultationsOf(reader, tenant, id, 'consultations' in state ? state.consultations : []);
});

@Controller('v1/agencies/:agency/plans/:plan/publication')
export class PublishPlanEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('executive')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: ContentHashBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new PublishPlan(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  ListField,
  RequestContext,
  Roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { consultationsOf } from '../consultation-facts.js';
import { plan } from '../plan.state.js';
import { SubmitPlan, submitPlan } from './submit-plan.js';

export const SubmitPlanHandler = handles(SubmitPlan, plan, submitPlan, ({ tenant, id, data }, reader) =>
  consultationsOf(reader, tenant, id, data.consultations),
);

export class SubmitPlanBody {
  @ListField('Consultations about the plan, all closed as adequate', 'slug', {
    minItems: 1,
    maxItems: 20,
    example: ['water-2026'],
  })
  consultations: string[];
}

@Controller('v1/agencies/:agency/plans/:plan/submission')
export class SubmitPlanEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: SubmitPlanBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new SubmitPlan(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

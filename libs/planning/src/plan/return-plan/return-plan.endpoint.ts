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
import { ContentHashField, FindingBody } from '../decision-body.js';
import { plan } from '../plan.state.js';
import { ReturnPlan, returnPlan } from './return-plan.js';

export const ReturnPlanHandler = handles(ReturnPlan, plan, returnPlan);

export class ReturnPlanBody {
  @ContentHashField()
  contentHash: string;
  @ListField('What has to be mended', () => FindingBody, { minItems: 1, maxItems: 100 })
  findings: FindingBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/findings')
export class ReturnPlanEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('head-of-department', 'executive', 'service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: ReturnPlanBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ReturnPlan(agency, id, body, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

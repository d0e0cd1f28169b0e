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
import { FindingBody } from '../decision-body.js';
import { plan } from '../plan.state.js';
import { ReturnProgressReport, returnProgressReport } from './return-progress-report.js';

export const ReturnProgressReportHandler = handles(ReturnProgressReport, plan, returnProgressReport);

export class ReturnProgressReportBody {
  @ListField('What has to be mended', () => FindingBody, { minItems: 1, maxItems: 100 })
  findings: FindingBody[];
}

@Controller('v1/agencies/:agency/plans/:plan/progress-reports/:report/findings')
export class ReturnProgressReportEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('verifier')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('report') reportId: string,
    @Body() body: ReturnProgressReportBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ReturnProgressReport(agency, id, { reportId, ...body }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { VerifyProgressReport, verifyProgressReport } from './verify-progress-report.js';

export const VerifyProgressReportHandler = handles(VerifyProgressReport, plan, verifyProgressReport);

@Controller('v1/agencies/:agency/plans/:plan/progress-reports/:report/verification')
export class VerifyProgressReportEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('verifier')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('report') reportId: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new VerifyProgressReport(agency, id, { reportId }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

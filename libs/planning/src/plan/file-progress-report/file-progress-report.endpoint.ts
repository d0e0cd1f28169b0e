import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { FileProgressReportBody, resultIn } from '../progress-report-body.js';
import { plan } from '../plan.state.js';
import { FileProgressReport, fileProgressReport } from './file-progress-report.js';

export const FileProgressReportHandler = handles(FileProgressReport, plan, fileProgressReport);

@Controller('v1/agencies/:agency/plans/:plan/progress-reports')
export class FileProgressReportEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: FileProgressReportBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new FileProgressReport(agency, id, { ...body, results: body.results.map(resultIn) }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, true);
  }
}

import { StreamDecider } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import type { Accepted } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { FileProgressReportBody, resultIn } from '../progress-report-body.js';
import { plan } from '../plan.state.js';
import { RecordedFigures } from '../recorded-figures.js';
import { FileProgressReport, fileProgressReport, type Figure } from './file-progress-report.js';

@CommandHandler(FileProgressReport)
export class FileProgressReportHandler implements ICommandHandler<FileProgressReport> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly recorded: RecordedFigures,
  ) {}

  async execute(command: FileProgressReport): Promise<Accepted> {
    const { tenant: agency, id, data, metadata } = command;
    const measured = data.results.filter(({ kind }) => kind === 'measured').map(({ goalId }) => goalId);
    const { state } = await this.decider.facts.load(plan, agency, id);
    const figures = new Map<string, Figure>();
    for (const { goalId, indicatorId } of state.status === 'unopened' ? [] : state.goals) {
      if (indicatorId === undefined || !measured.includes(goalId)) continue;
      const asked = { agency, indicatorId, period: data.period, scope: {}, validAt: metadata.occurredAt };
      const figure = await this.recorded.find(asked);
      if (figure !== undefined) figures.set(goalId, figure);
    }
    return this.decider.execute(plan, command, fileProgressReport, { figures });
  }
}

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

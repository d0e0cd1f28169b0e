import { handles } from '@app/event-store';
import {
  Commands,
  DecimalField,
  EnumField,
  IntField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { addressOf, initiativeIdOf, todayOf } from '../initiative-facts.js';
import { confidences, type Confidence } from '../initiative.events.js';
import { initiative } from '../initiative.state.js';
import { ReportProgress, reportProgress } from './report-progress.js';

export const ReportProgressHandler = handles(ReportProgress, initiative, reportProgress, todayOf);

export class ReportProgressBody {
  @IntField('How much of it is done, in percent; 100 when all milestones are reached', {
    min: 0,
    max: 100,
    example: 40,
  })
  percent: number;
  @DecimalField('All that was spent since the start, in the currency of the budget', { example: '300000.50' })
  spend: string;
  @EnumField('How sure it is that the due date holds', confidences, { example: 'medium' })
  confidence: Confidence;
  @TextField('What was done', { maxLength: 4000, example: 'Three people have begun.' })
  narrative: string;
}

@Controller('v1/agencies/:agency/plans/:plan/initiatives/:initiative/progress-reports')
export class ReportProgressEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member')
  async post(
    @Param('agency') agency: string,
    @Param('plan') planId: string,
    @Param('initiative') solutionId: string,
    @Body() body: ReportProgressBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = initiativeIdOf(planId, solutionId);
    const result = await this.commands.execute(new ReportProgress(agency, id, body, metadata));
    return accepted(result, addressOf(agency, planId, solutionId), result.eventIds.length > 0);
  }
}

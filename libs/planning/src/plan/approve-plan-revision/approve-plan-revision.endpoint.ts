import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { ApprovePlanRevision, approvePlanRevision } from './approve-plan-revision.js';

export const ApprovePlanRevisionHandler = handles(ApprovePlanRevision, plan, approvePlanRevision);

export class ApprovePlanRevisionBody {
  @TextField('Why it is approved, for everybody to read: needed from oversight for what weakens a goal', {
    optional: true,
    maxLength: 2000,
    example: 'The drought left the pipes dry for two seasons.',
  })
  publicReason?: string;
}

@Controller('v1/agencies/:agency/plans/:plan/revisions/:revision/approvals')
export class ApprovePlanRevisionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('executive', 'oversight')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('revision') revisionId: string,
    @Body() body: ApprovePlanRevisionBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new ApprovePlanRevision(agency, id, { revisionId, ...body }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

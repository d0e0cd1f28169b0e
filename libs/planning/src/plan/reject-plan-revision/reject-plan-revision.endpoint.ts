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
import { RejectPlanRevision, rejectPlanRevision } from './reject-plan-revision.js';

export const RejectPlanRevisionHandler = handles(RejectPlanRevision, plan, rejectPlanRevision);

export class RejectPlanRevisionBody {
  @TextField('Why it does not come into force', { maxLength: 2000, example: 'The target can still be reached.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/revisions/:revision/rejection')
export class RejectPlanRevisionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('executive', 'oversight', 'service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('revision') revisionId: string,
    @Body() body: RejectPlanRevisionBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RejectPlanRevision(agency, id, { revisionId, ...body }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

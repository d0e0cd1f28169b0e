import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { PublishPlanRevision, publishPlanRevision } from './publish-plan-revision.js';

export const PublishPlanRevisionHandler = handles(PublishPlanRevision, plan, publishPlanRevision);

@Controller('v1/agencies/:agency/plans/:plan/revisions/:revision/publication')
export class PublishPlanRevisionEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('executive')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('revision') revisionId: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new PublishPlanRevision(agency, id, { revisionId }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

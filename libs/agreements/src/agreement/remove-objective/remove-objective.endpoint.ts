import { handles } from '@app/event-store';
import { accepted, type AcceptedBody, type CommandContext, Commands, RequestContext, Roles } from '@app/http';
import { Controller, Param, Post } from '@nestjs/common';
import { agreement } from '../agreement.state.js';
import { RemoveObjective, removeObjective } from './remove-objective.js';

export const RemoveObjectiveHandler = handles(RemoveObjective, agreement, removeObjective);

@Controller('v1/agencies/:agency/agreements/:agreement/objectives/:objective/removal')
export class RemoveObjectiveEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('agreement') id: string,
    @Param('objective') objectiveId: string,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RemoveObjective(agency, id, { objectiveId }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/agreements/${id}`, false);
  }
}

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
import { RemoveTeamMember, removeTeamMember } from './remove-team-member.js';

export const RemoveTeamMemberHandler = handles(RemoveTeamMember, plan, removeTeamMember);

export class RemovalBody {
  @TextField('Why', { maxLength: 500, example: 'Moved to another city.' })
  reason: string;
}

@Controller('v1/agencies/:agency/plans/:plan/team/:person/removal')
export class RemoveTeamMemberEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('person') person: string,
    @Body() { reason }: RemovalBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RemoveTeamMember(agency, id, { person, reason }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/plans/${id}`, false);
  }
}

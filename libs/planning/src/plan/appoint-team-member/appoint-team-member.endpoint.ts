import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  EnumField,
  IdField,
  RequestContext,
  Roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { seats, type Seat } from '../plan.events.js';
import { plan } from '../plan.state.js';
import { AppointTeamMember, appointTeamMember } from './appoint-team-member.js';

export const AppointTeamMemberHandler = handles(AppointTeamMember, plan, appointTeamMember);

export class AppointTeamMemberBody {
  @IdField('Digest of the person, as tokens give it', { example: 'p-0a1b2c3d4e5f60718293a4b5c6d7e8f901234567' })
  person: string;
  @EnumField('Seat', seats, { example: 'community' })
  seat: Seat;
}

@Controller('v1/agencies/:agency/plans/:plan/team')
export class AppointTeamMemberEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Body() body: AppointTeamMemberBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new AppointTeamMember(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, result.eventIds.length > 0);
  }
}

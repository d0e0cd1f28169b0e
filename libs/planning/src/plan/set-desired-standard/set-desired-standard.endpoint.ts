import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DecimalField,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { plan } from '../plan.state.js';
import { SetDesiredStandard, setDesiredStandard } from './set-desired-standard.js';

export const SetDesiredStandardHandler = handles(SetDesiredStandard, plan, setDesiredStandard);

export class SetDesiredStandardBody {
  @TextField('Year, or fiscal year beginning in the month that the plan begins in', {
    maxLength: 9,
    example: 'FY2027-28',
  })
  year: string;
  @DecimalField('Level, for a standard with an indicator', { optional: true, example: '3' })
  value?: string;
  @TextField('Standard in words, for one without', { optional: true, maxLength: 2000 })
  text?: string;
}

@Controller('v1/agencies/:agency/plans/:plan/standards/:standard/desired')
export class SetDesiredStandardEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Param('standard') standardId: string,
    @Body() body: SetDesiredStandardBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new SetDesiredStandard(agency, id, { standardId, ...body }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/plans/${id}`, result.eventIds.length > 0);
  }
}

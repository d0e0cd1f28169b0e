import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  ListField,
  RequestContext,
  Roles,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { calendar } from '../calendar.state.js';
import { WorkingHoursBody } from '../define-calendar/define-calendar.endpoint.js';
import { ChangeWorkingHours, changeWorkingHours } from './change-working-hours.js';

export const ChangeWorkingHoursHandler = handles(ChangeWorkingHours, calendar, changeWorkingHours);

export class ChangeWorkingHoursBody {
  @DateField('First day with these hours', { example: '2026-03-02' })
  effectiveFrom: string;
  @ListField('Working hours of a week', () => WorkingHoursBody, { minItems: 1, maxItems: 100 })
  weeklyHours: WorkingHoursBody[];
}

@Controller('v1/agencies/:agency/calendars/:calendar/working-hours')
export class ChangeWorkingHoursEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('calendar') id: string,
    @Body() body: ChangeWorkingHoursBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new ChangeWorkingHours(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/calendars/${id}`, false);
  }
}

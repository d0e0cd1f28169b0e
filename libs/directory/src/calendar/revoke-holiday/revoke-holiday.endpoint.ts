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
import { calendar } from '../calendar.state.js';
import { RevokeHoliday, revokeHoliday } from './revoke-holiday.js';

export const RevokeHolidayHandler = handles(RevokeHoliday, calendar, revokeHoliday);

export class RevokeHolidayBody {
  @TextField('Decision that it rests on', { maxLength: 500, example: 'Council order 2026/7' })
  reason: string;
}

@Controller('v1/agencies/:agency/calendars/:calendar/holidays/:date/revocation')
export class RevokeHolidayEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('calendar') id: string,
    @Param('date') date: string,
    @Body() { reason }: RevokeHolidayBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new RevokeHoliday(agency, id, { date, reason }, metadata));
    return accepted(result, `/v1/agencies/${agency}/calendars/${id}`, false);
  }
}

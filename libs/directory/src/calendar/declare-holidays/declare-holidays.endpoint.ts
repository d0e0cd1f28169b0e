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
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { calendar } from '../calendar.state.js';
import { DeclareHolidays, declareHolidays } from './declare-holidays.js';

export const DeclareHolidaysHandler = handles(DeclareHolidays, calendar, declareHolidays);

export class HolidayBody {
  @DateField('Day on which nobody works', { example: '2026-07-04' })
  date: string;
  @TextField('Name of the holiday', { maxLength: 200, example: 'Independence Day' })
  name: string;
}

export class DeclareHolidaysBody {
  @ListField('One holiday or more: all are declared, or none', () => HolidayBody, { minItems: 1, maxItems: 1000 })
  holidays: HolidayBody[];
}

@Controller('v1/agencies/:agency/calendars/:calendar/holidays')
export class DeclareHolidaysEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('calendar') id: string,
    @Body() body: DeclareHolidaysBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new DeclareHolidays(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/calendars/${id}`, result.eventIds.length > 0);
  }
}

import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  EnumField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { agencyFacts } from '../../agency/agency-facts.js';
import { weekdays, type Weekday } from '../calendar.events.js';
import { calendar } from '../calendar.state.js';
import { DefineCalendar, defineCalendar } from './define-calendar.js';

export const DefineCalendarHandler = handles(DefineCalendar, calendar, defineCalendar, agencyFacts);

export class WorkingHoursBody {
  @EnumField('Day of the week', weekdays, { example: 'monday' })
  weekday: Weekday;
  @TextField('First minute, on the wall clock', { pattern: /^\d{2}:\d{2}$/, example: '09:00' })
  from: string;
  @TextField('First minute after it; 24:00 is the end of the day', { pattern: /^\d{2}:\d{2}$/, example: '17:00' })
  to: string;
}

export class DefineCalendarBody {
  @SlugField('Short name of the calendar; part of its address', { example: 'office' })
  id: string;
  @TextField('Name of the calendar', { maxLength: 200, example: 'Office hours' })
  name: string;
  @TextField('IANA time zone of its wall clock', { maxLength: 64, example: 'America/New_York' })
  timeZone: string;
  @ListField('Working hours of a week', () => WorkingHoursBody, { minItems: 1, maxItems: 100 })
  weeklyHours: WorkingHoursBody[];
}

@Controller('v1/agencies/:agency/calendars')
export class DefineCalendarEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Body() { id, ...data }: DefineCalendarBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new DefineCalendar(agency, id, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/calendars/${id}`);
  }
}

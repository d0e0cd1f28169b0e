import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import type { WorkingHours } from '../calendar.events.js';
import { calendar } from '../calendar.state.js';
import type { Holiday } from '../declare-holidays/declare-holidays.js';

export interface CalendarAnswer {
  readonly agency: string;
  readonly calendar: string;
  readonly revision: string;
  readonly name: string;
  readonly timeZone: string;
  readonly hours: readonly {
    /** First day; null: from the beginning. */
    readonly effectiveFrom: string | null;
    readonly weeklyHours: readonly WorkingHours[];
  }[];
  /** In order of date. */
  readonly holidays: readonly Holiday[];
}

@Controller('v1/agencies/:agency/calendars/:calendar')
export class ReadCalendarEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('calendar') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<CalendarAnswer>> {
    const { state, revision } = await this.decider.load(calendar, agency, id, at);
    if (state.status === 'absent') throw new Problem(problems.notFound);
    const { name, timeZone, hours, holidays } = state;
    return revised(
      {
        agency,
        calendar: id,
        revision: revision.toString(),
        name,
        timeZone,
        hours: hours.map(({ effectiveFrom, weeklyHours }) => ({ effectiveFrom: effectiveFrom ?? null, weeklyHours })),
        holidays: [...holidays]
          .map(([date, holiday]) => ({ date, name: holiday }))
          .sort((left, right) => (left.date < right.date ? -1 : 1)),
      },
      revision,
    );
  }
}

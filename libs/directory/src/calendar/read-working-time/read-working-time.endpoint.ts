import { StreamDecider } from '@app/event-store';
import {
  AsOf,
  DateField,
  IntField,
  OffsetDateTimeField,
  Problem,
  Public,
  problemAt,
  problems,
  revised,
  type PointInLog,
  type Revised,
} from '@app/http';
import { instantSeconds } from '@app/kernel';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { calendar } from '../calendar.state.js';
import { addWorkingDays, isWorkingDay, workingSeconds } from '../working-time.js';

export class WorkingTimeQuery {
  @OffsetDateTimeField('Beginning, inclusive', { example: '2026-01-05T08:00:00-05:00' })
  from: string;
  @OffsetDateTimeField('End, exclusive', { example: '2026-01-06T12:00:00-05:00' })
  to: string;
}

export class WorkingDaysQuery {
  @DateField('Day to count from; it does not count itself', { example: '2026-01-05' })
  from: string;
  @IntField('Working days to go on; back when it is negative', { query: true, min: -2500, max: 2500, example: 10 })
  days: number;
}

export interface WorkingTimeAnswer {
  readonly from: string;
  readonly to: string;
  readonly workingSeconds: number;
}

export interface WorkingDaysAnswer {
  readonly from: string;
  readonly days: number;
  readonly date: string;
  /** Whether the day to count from is a working day. */
  readonly fromIsWorkingDay: boolean;
}

/** Ten years: a longer question costs more than anybody needs to know. */
const mostDays = 3660;

/** For whoever wants to check a deadline or a duration by hand. */
@Controller('v1/agencies/:agency/calendars/:calendar')
export class ReadWorkingTimeEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get('working-time')
  @Public()
  async time(
    @Param('agency') agency: string,
    @Param('calendar') id: string,
    @Query() { from, to }: WorkingTimeQuery,
    @AsOf() at: PointInLog,
  ): Promise<Revised<WorkingTimeAnswer>> {
    const days = (instantSeconds(to) - instantSeconds(from)) / 86_400;
    if (days < 0 || days > mostDays)
      throw problemAt(problems.invalidFields, '?to', `It is after from, by at most ${mostDays} days.`);
    const { state, revision } = await this.#defined(agency, id, at);
    return revised({ from, to, workingSeconds: workingSeconds(state, from, to) }, revision);
  }

  @Get('working-days')
  @Public()
  async days(
    @Param('agency') agency: string,
    @Param('calendar') id: string,
    @Query() { from, days }: WorkingDaysQuery,
    @AsOf() at: PointInLog,
  ): Promise<Revised<WorkingDaysAnswer>> {
    const { state, revision } = await this.#defined(agency, id, at);
    const date = addWorkingDays(state, from, days);
    return revised({ from, days, date, fromIsWorkingDay: isWorkingDay(state, from) }, revision);
  }

  async #defined(agency: string, id: string, at: PointInLog) {
    const { state, revision } = await this.decider.load(calendar, agency, id, at);
    if (state.status === 'absent') throw new Problem(problems.notFound);
    return { state, revision };
  }
}

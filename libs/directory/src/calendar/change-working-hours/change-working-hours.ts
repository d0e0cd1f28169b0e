import { Command, ensure, type Decide } from '@app/kernel';
import type { CalendarEvent, WorkingHours } from '../calendar.events.js';
import { calendarRules } from '../calendar.rules.js';
import type { CalendarState } from '../calendar.state.js';
import { defined, orderedHours, sameHours } from '../weekly-hours.js';

export class ChangeWorkingHours extends Command<{
  readonly effectiveFrom: string;
  readonly weeklyHours: readonly WorkingHours[];
}> {}

export const changeWorkingHours: Decide<ChangeWorkingHours, CalendarState, CalendarEvent> = ({ data }, state) => {
  const { effectiveFrom } = data;
  const weeklyHours = orderedHours(data.weeklyHours);
  const last = defined(state).hours.at(-1)!;
  const begins = last.effectiveFrom ?? '';
  if (sameHours(last.weeklyHours, weeklyHours) && begins <= effectiveFrom) return [];
  ensure(
    begins < effectiveFrom,
    calendarRules.changesOfHoursFollowOneAnother,
    '/effectiveFrom',
    `The last one begins on ${begins}.`,
  );
  return [{ type: 'WorkingHoursChanged', data: { effectiveFrom, weeklyHours } }];
};

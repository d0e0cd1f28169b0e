import type { RecordedEvent } from '@app/kernel';
import { calendarEvents, type CalendarEvent } from '../../calendar/calendar.events.js';
import { hoursChanged, officeDefined, patriotsDayDeclared } from '../../calendar/calendar.examples.js';
import { calendars, type ListedCalendar } from './calendars.js';

const listed = (...events: readonly CalendarEvent[]): ListedCalendar | undefined =>
  events.reduce<ListedCalendar | undefined>((doc, event, index) => {
    const recorded = {
      ...event,
      revision: BigInt(index),
      stream: { category: 'calendar', tenant: 'boston', id: 'office' },
      metadata: { occurredAt: `2026-01-0${index + 1}T09:00:00Z` },
    } as unknown as RecordedEvent;
    return calendars.on[event.type]!(doc, recorded, 'boston/office');
  }, undefined);

describe('the list of business calendars', () => {
  it('hears every event of a calendar', () =>
    expect(Object.keys(calendars.on).sort()).toEqual(Object.keys(calendarEvents).sort()));
  it('shows a calendar with its revision', () => {
    expect(listed(officeDefined)).toEqual({
      _id: 'boston/office',
      agency: 'boston',
      calendar: 'office',
      name: 'Office hours',
      timeZone: 'America/New_York',
      revision: '0',
      updatedAt: '2026-01-01T09:00:00Z',
    });
    expect(listed(officeDefined, hoursChanged, patriotsDayDeclared)).toMatchObject({
      revision: '2',
      updatedAt: '2026-01-03T09:00:00Z',
    });
  });
});

import { defineEvents, type EventOf } from '@app/kernel';
import { z } from 'zod';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Half-open `[from, to)` on the wall clock, `HH:MM`; `24:00` is the end of the day. */
const workingHours = z.strictObject({ weekday: z.enum(weekdays), from: z.string(), to: z.string() });
/** In order of weekday and time. */
const weeklyHours = z.array(workingHours);

// These names and fields are what is stored: add a version, never change one.
export const calendarEvents = defineEvents({
  CalendarDefined: {
    version: 1,
    schema: z.strictObject({ name: z.string(), timeZone: z.string(), weeklyHours }),
  },
  WorkingHoursChanged: {
    version: 1,
    schema: z.strictObject({
      /** First day with these hours. */
      effectiveFrom: z.string(),
      weeklyHours,
    }),
  },
  HolidayDeclared: { version: 1, schema: z.strictObject({ date: z.string(), name: z.string() }) },
  HolidayRevoked: { version: 1, schema: z.strictObject({ date: z.string(), reason: z.string() }) },
});
export type CalendarEvent = EventOf<typeof calendarEvents>;

export type Weekday = (typeof weekdays)[number];
export type WorkingHours = Readonly<z.infer<typeof workingHours>>;

import { defineRules } from '@app/kernel';

export const calendarRules = defineRules('calendar', {
  aCalendarBelongsToARegisteredAgency: ['A business calendar belongs to an agency that is registered.', 404],
  aCalendarIsDefinedOnce: ['A business calendar is defined once; after that its hours and holidays change.', 409],
  aCalendarNamesAKnownTimeZone: 'A business calendar names a time zone of the IANA database, such as America/New_York.',
  aWeekHasWorkingHours: 'A week of a business calendar has working hours.',
  workingHoursLieWithinTheDay: 'Working hours begin before they end, between 00:00 and 24:00 of one day.',
  workingHoursDoNotOverlap: 'The working hours of a weekday do not overlap.',
  aCalendarIsDefinedFirst: ['A business calendar is defined before it is changed.', 404],
  changesOfHoursFollowOneAnother: ['Changes of working hours follow one another in time.', 409],
  aDayIsOneHoliday: ['A day is one holiday, under one name, until it is revoked.', 409],
  aHolidayThatIsRevokedWasDeclared: ['A holiday that is revoked was declared.', 409],
});

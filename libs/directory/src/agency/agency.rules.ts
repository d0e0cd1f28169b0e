import { defineRules } from '@app/kernel';

export const agencyRules = defineRules('agency', {
  anAgencyIsRegisteredOnce: ['An agency is registered once, under one name and time zone.', 409],
  anAgencyNamesAKnownTimeZone: 'An agency names a time zone of the IANA database, such as America/New_York.',
});

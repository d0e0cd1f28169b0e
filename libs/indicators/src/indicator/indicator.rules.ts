import { defineRules } from '@app/kernel';

export const indicatorRules = defineRules('indicator', {
  anIndicatorIsDefinedOnce: ['An indicator is defined once; what it means is then revised with a reason.', 409],
  anIndicatorNamesAKnownTimeZone: 'An indicator names a time zone of the IANA database, such as America/New_York.',
  aDimensionIsDeclaredOnce: 'A dimension is declared once, under a name of small letters and hyphens.',
});

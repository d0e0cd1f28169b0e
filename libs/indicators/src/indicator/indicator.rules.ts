import { defineRules } from '@app/kernel';

export const indicatorRules = defineRules('indicator', {
  anIndicatorIsDefinedOnce: ['An indicator is defined once; what it means is then revised with a reason.', 409],
  anIndicatorIsDefinedFirst: ['An indicator is defined before anything else is said about it.', 404],
  anIndicatorNamesAKnownTimeZone: 'An indicator names a time zone of the IANA database, such as America/New_York.',
  aDimensionIsDeclaredOnce: 'A dimension is declared once, under a name of small letters and hyphens.',
  aDistrictDimensionIsDeclared: 'The dimension that holds districts is one of those that the indicator declares.',
  anAggregationFitsTheKind:
    'Cases are aggregated as the percent within target, ratios as the ratio of sums, values as mean, median, sum or count.',
  aFiscalYearStartsAfterJanuary: 'A fiscal year starts in February or later; one from January is reported by the year.',
  aDerivedCardReadsALedgerOfItsKind:
    'A derived card reads the ledger of another indicator of the agency that keeps one for readings of the same kind.',
  aRevisionHasAReason: 'A revision has a reason.',
  aRevisionKeepsKindAndPeriods:
    'A revision keeps the kind of reading, its source and the way periods are counted; what differs there is another indicator.',
  aRevisionStartsWithAPeriod: 'A revision holds from the start of a period of the indicator, such as 2011-07.',
  aRevisionLeavesClosedPeriodsAlone: [
    'A revision holds only for periods that are not cut off, nor followed by one that is.',
    409,
  ],
  anOwnerIsNamedByDigest: 'A person is named by the digest that tokens give.',
  anIndicatorIsRetiredForAReason: 'An indicator is retired for a reason.',
  aRetiredIndicatorStaysAsItIs: ['A retired indicator stays as it is.', 409],
});

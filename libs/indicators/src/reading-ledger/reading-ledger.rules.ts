import { defineRules } from '@app/kernel';

export const readingLedgerRules = defineRules('reading-ledger', {
  aReadingThatStandsIsNotRecordedAgain: [
    'A reading that stands is corrected with a reason, never recorded again with other content.',
    409,
  ],
  aCaseStopsAfterItStarts: 'A case cannot stop before it starts.',
  aReadingNamesDeclaredDimensions: 'A reading names only dimensions that its indicator declares.',
  aReadingIsOfTheKindOfItsIndicator: 'A reading is of the kind that its indicator measures.',
  aLineIsAReading: ['A line is one reading: id, kind, times with offset and dimensions, and nothing else.', 422],
  readingsBelongToADefinedIndicator: ['Readings belong to an indicator that the agency has defined.', 404],
});

import { defineRules } from '@app/kernel';

export const readingLedgerRules = defineRules('reading-ledger', {
  aLineIsAReading: ['A line is one reading: its id, kind, times or numbers and dimensions, and nothing else.', 422],
  readingsBelongToADefinedIndicator: ['Readings belong to an indicator that the agency has defined.', 404],
  aDerivedIndicatorKeepsNoLedger: [
    'Readings go to the indicator that keeps the ledger, not to one that reads it.',
    409,
  ],
  aRetiredIndicatorTakesNoReadings: ['A retired indicator takes no new readings.', 409],
  aReadingIsOfTheKindOfItsIndicator: 'A reading is of the kind that its indicator measures.',
  aReadingIsInTheUnitOfItsIndicator: 'A reading is in the unit that its indicator measures in.',
  aCaseStopsAfterItStarts: 'A case cannot stop before it starts.',
  aNumberIsAPlainDecimal: 'A number is a plain decimal in text, such as 75.5.',
  aVolumeIsNotNegative: 'A numerator and a denominator count something: they are not negative.',
  aRatioHasBothNumbersOrNeither: 'A ratio has a numerator and a denominator, or neither when there was no volume.',
  aNumeratorIsNotAboveItsDenominator: 'A numerator is not above its denominator.',
  aReadingNamesDeclaredDimensions: 'A reading names only dimensions that its indicator declares.',
  aReadingNamesDistrictsThatExist: 'A reading names only districts of its agency.',
  aReadingIdStandsInOnePeriod: ['A reading id stands in one period.', 409],
  aReadingThatStandsIsNotRecordedAgain: [
    'A reading that stands is corrected with a reason, never recorded again with other content.',
    409,
  ],
  aReadingIsRecordedFirst: ['A reading is recorded before it is verified, corrected or voided.', 404],
  aVoidedReadingIsLeftAlone: ['A voided reading is not closed, verified, corrected or recorded again.', 409],
  nobodyVerifiesWhatTheyCaptured: ['Nobody verifies what they recorded, closed or corrected themselves.', 403],
  anOwnerDoesNotVerify: ['The owner of an indicator does not verify its readings.', 403],
  nobodyCorrectsWhatTheyCaptured: ['A reading is corrected or voided by somebody who did not capture it.', 403],
  aCorrectionHasAReason: 'A reading is corrected or voided for a reason.',
  aCorrectionKeepsThePeriod:
    'A correction keeps a reading in its period: what belongs to another is voided here and recorded there.',
  aCorrectionIsOfWhatStands: ['A reading that has changed meanwhile is looked at again before it is corrected.', 409],
  aCutOffLedgerTakesNoNewReadings: [
    'After the cut-off a ledger takes corrections, voids, verifications and closings of a later time, and nothing else.',
    409,
  ],
  aLedgerIsCutOffAfterItsPeriod: ['A ledger is cut off after its period has ended.', 409],
  noDataIsDeclaredForAReason: 'No data is declared for a reason.',
  noDataIsDeclaredWhereNothingStands: ['No data is declared only where no reading stands.', 409],
});

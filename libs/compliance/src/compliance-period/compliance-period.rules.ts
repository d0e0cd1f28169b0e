import { defineRules } from '@app/kernel';

export const compliancePeriodRules = defineRules('compliance-period', {
  aPeriodIsACalendarPeriod:
    'A compliance period is a calendar month, quarter or year, such as 2011-07, 2011-Q3 or 2011.',
  anAgreementIsInForceWhenItsPeriodStarts: ['A period is opened under the agreement in force on its first day.', 409],
  aPeriodIsTheWindowOfAnObjective: 'A period has the length of the window of at least one objective.',
  anAgencyIsRegisteredFirst: ['An agency is registered before its periods are counted in its time zone.', 404],
  aPeriodIsOpenedFirst: ['A period is opened before it is cut off, evaluated or finalised.', 404],
  aPeriodIsCutOffAfterItsEnd: ['A period is cut off only when it has ended.', 409],
  onlyACutOffPeriodIsEvaluated: [
    'A period is evaluated from the readings known at its cut-off, so it is cut off first.',
    409,
  ],
  aFinalFigureIsNeverEdited: ['A final figure is never edited.', 409],
  onlyAnEvaluatedPeriodIsFinalised: ['A period is evaluated before it is finalised.', 409],
  aPeriodIsFinalAfterItsDisputeWindow: [
    'A period is finalised only when the dispute window of its agreement is over.',
    409,
  ],
  periodsAreFinalisedInOrder: ['A period is finalised after the one before it.', 409],
  repeatsCountFinalFigures: [
    'Repeats are counted on final figures: a period is evaluated again when the one before it was finalised since.',
    409,
  ],
});

import { defineRules } from '@app/kernel';

export const agreementRules = defineRules('agreement', {
  anAgreementIsDraftedOnce: ['An agreement is drafted once, under one title, kind, services and dispute window.', 409],
  anAgreementIsDraftedFirst: ['An agreement is drafted before anything is added to it.', 404],
  anAgreementNamesItsServices: 'An agreement names at least one service, each of them once.',
  anAgreementIsAboutRegisteredServices:
    'An agreement is about services that the agency has registered and not retired.',
  aDisputeWindowIsZeroToNinetyDays: 'A dispute window is a whole number of days from 0 to 90.',
  anAgreementInForceIsNotEdited: ['An agreement in force is not edited: it changes by amendment.', 409],
  aPartyIsAddedOnce: ['A party is added once, with one name, role and set of representatives.', 409],
  aPartyNamesItsRepresentatives: 'A party names at least one person who may sign for it, each of them once.',
  anObjectiveIsAddedOnce: ['An objective is added once; after that it is changed or removed.', 409],
  aRemovedObjectiveDoesNotComeBack: ['The id of a removed objective is not given again.', 409],
  anObjectiveExistsBeforeItIsChanged: ['An objective is in the agreement before it is changed or removed.', 404],
  anObjectiveMeasuresADefinedIndicator: 'An objective measures an indicator that is defined.',
  theComparatorFollowsTheIndicator:
    'Where more is better an objective asks for at least its target, where less is better for at most.',
  aFloorUsesADimensionOfTheIndicator: 'A floor per scope uses a dimension that the indicator is broken down by.',
  aFiscalYearNamesItsFirstMonth:
    'A window of fiscal years names the month that they start in, 1 to 12; no other window does.',
  aWindowHoldsWholeReportingCycles: 'The window of an objective holds whole reporting cycles of its indicator.',
  objectiveNumbersAreDecimals:
    'Target, minimum level, tolerance, weight, floor, band edges and points are plain decimals.',
  aToleranceIsNotNegative: 'A tolerance is zero or more.',
  aWeightIsAboveZeroAndAtMostOne: 'A weight is above zero and at most one.',
  theMinimumAsksNoMoreThanTheTarget: 'The minimum level asks no more than the target does.',
  aFloorAsksNoMoreThanTheTarget: 'The floor of a scope asks no more than the target does.',
  severityBandsCoverEveryMiss:
    'Severity bands are half-open, touch each other and cover every value that misses the target, without gap or overlap.',
  aSeverityHasOneBand: 'Each severity has one band.',
  aConsequenceBelongsToAnObjective: ['A consequence belongs to an objective of the agreement.', 404],
  aConsequenceGivesPointsForEverySeverity:
    'A consequence gives points, zero or more, for each severity of its objective and for no other.',
  aRepeatMultiplierIsAtLeastOne: 'A repeat multiplier is one or more.',
  aCapIsAboveZero: 'A cap is above zero.',
  aReviewComesAtLeastOnceInFiveYears: 'A review comes every 1 to 60 months.',
  aProviderAndAConsumerAgree: ['An agreement has at least one provider and one consumer before it is signed.', 409],
  anAgreementPromisesSomething: ['An agreement has at least one objective before it is signed.', 409],
  everyObjectiveHasAConsequence: ['Every objective says what follows when it is missed.', 409],
  weightsSumToOne: ['The weights of the objectives sum to 1.', 409],
  fiscalYearsStartInTheSameMonth: ['The fiscal years of one agreement start in the same month.', 409],
  aReviewIsScheduled: ['A review is scheduled before an agreement is signed.', 409],
  onlyASubmittedAgreementIsSigned: ['Only an agreement that was submitted for signature is signed.', 409],
  everyPartySignsTheSameContent: ['Every party signs the same content: the hash it was submitted with.', 409],
  onlyAPartySigns: ['Only a party to the agreement signs it.', 404],
  aSignatoryRepresentsTheParty: ['A party is signed for by a person who represents it.', 403],
  theAuthorDoesNotSignForTheProvider: ['Who wrote an agreement does not sign it for the provider.', 403],
  onePersonSignsForOneParty: ['One person does not sign for two parties.', 403],
  aPartySignsOnce: ['A party signs once.', 409],
  allPartiesSignBeforeActivation: ['An agreement comes into force only when all its parties have signed.', 409],
  anAgreementStartsAtAPeriodBoundary: 'An agreement comes into force on the first day of a period of every objective.',
  anAgreementIsActivatedOnce: ['An agreement comes into force once.', 409],
});

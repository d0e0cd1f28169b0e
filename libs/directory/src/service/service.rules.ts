import { defineRules } from '@app/kernel';

export const serviceRules = defineRules('service', {
  aServiceBelongsToARegisteredAgency: ['A service belongs to an agency that is registered.', 404],
  aServiceIsRegisteredOnce: ['A service is registered once, with one description and one first owner.', 409],
  aServiceHasAChannel: 'A service is reached through at least one channel, each named once.',
  aServiceBelongsToAStandingDepartment: 'The department of a service is registered and not retired.',
  aServiceIsRegisteredFirst: ['A service is registered before anything is said about it.', 404],
  aRetiredServiceIsNotChanged: ['A retired service is not changed, and its id is not given again.', 409],
  ownersFollowOneAnother: ['The owners of a service follow one another in time.', 409],
  aClientGroupIsIdentifiedOnce: ['A client group is identified once; after that its population is revised.', 409],
  aClientGroupNameIsFree: 'No two client groups of a service have one name, capitals and spaces aside.',
  aClientGroupLivesInStandingDistricts:
    'A client group lives in districts of the agency that are not retired, each named once.',
  aPopulationIsAboveZero: 'The population of a client group is a whole number above zero.',
  aPopulationNamesItsSource: 'The population of a client group names the source that it comes from.',
  aPopulationIsOfADayThatHasCome: 'The population of a client group is of a day that has come.',
  aPopulationIsRevisedForward: ['A population is revised by a figure of the same day or a later one.', 409],
  aClientGroupIsIdentifiedFirst: ['A client group is identified before anything is said about it.', 404],
  aBarrierIsRecordedOnce: ['An access barrier is recorded once; its id is not given again.', 409],
  aBarrierIsRecordedFirst: ['An access barrier is recorded before it is removed.', 404],
  aBarrierIsRemovedOnce: ['An access barrier is removed once.', 409],
  aReviewIsRecordedAfterItWasHeld: 'A review of a service is recorded after it was held.',
  aServiceIsReviewedOnceADay: ['A service has one review of a day, with one set of findings.', 409],
  aSuspendedServiceIsResumedFirst: ['A suspended service is resumed before it is suspended again.', 409],
});

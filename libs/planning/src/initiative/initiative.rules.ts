import { defineRules } from '@app/kernel';

export const initiativeRules = defineRules('initiative', {
  aPlanInForceIsCarriedOut: ['An initiative carries out a plan that is in force.', 409],
  aSelectedSolutionIsCarriedOut: ['An initiative carries out a solution that its plan has selected.', 409],
  anInitiativeIsStartedOnce: ['A solution is carried out once, with one first owner, budget and due date.', 409],
  somebodyAnswersForAnInitiative: 'An initiative starts with an owner: one who is named, or the owner of its solution.',
  aBudgetIsInTheMoneyOfThePlan:
    'A budget is a decimal of at most 6 places, zero or more, in the currency that the plan counts in.',
  anInitiativeIsDueWithinItsPlan: 'An initiative is due after the day of its start, and within its plan.',
  anInitiativeIsStartedFirst: ['An initiative is started before anything is said about it.', 404],
  anEndedInitiativeIsNotChanged: ['An initiative that was completed or cancelled is not changed.', 409],
  theOwnerReports: ['The owner of an initiative reports on it, and nobody else.', 403],
  aMilestoneIsPlannedOnce: ['A milestone is planned once; after that it is rescheduled, reached or missed.', 409],
  aMilestoneLiesInThePlan: 'A milestone is due between the start of its initiative and the last day of the plan.',
  aMilestoneIsPlannedFirst: ['A milestone is planned before anything is said about it.', 404],
  aReachedMilestoneStands: [
    'A milestone that was reached stands: it is not rescheduled, missed or reached again.',
    409,
  ],
  aDelayHasAReason: 'Who reschedules a milestone, or misses it, says why.',
  aReachedMilestoneHasEvidence:
    'A milestone is reached with evidence: at least one piece, each with a title and the hash of its content.',
  aMilestoneIsReachedOnADayThatHasCome: 'A milestone is reached on a day from the start of its initiative to today.',
  aMilestoneIsMissedAfterItsDay: ['A milestone is missed when its due date has passed.', 409],
  aMissedMilestoneIsCaughtUp: ['A milestone is missed once; after that it is rescheduled or reached.', 409],
  progressIsAPercentage: 'Progress is a whole percentage from 0 to 100.',
  spendIsZeroOrMore: 'Spend is all that was spent since the start: a decimal of at most 6 places, zero or more.',
  fullProgressReachesAllMilestones: [
    'Progress is 100 % only when there are milestones and all of them are reached.',
    409,
  ],
  aBlockerIsRaisedOnce: ['A blocker is raised once; its id is not given again.', 409],
  aBlockerIsRaisedFirst: ['A blocker is raised before it is cleared.', 404],
  aBlockerIsClearedOnce: ['A blocker is cleared once, in one way.', 409],
  aBlockerIsClearedSomehow: 'Who clears a blocker says how.',
  aChangeOfOwnerHasAReason: 'Who changes the owner of an initiative says why.',
  completionFollowsFullProgress: [
    'An initiative is completed when its last report says 100 %, all milestones are reached and no blocker stands.',
    409,
  ],
  aCancellationHasAReason: 'Who cancels an initiative says why.',
});

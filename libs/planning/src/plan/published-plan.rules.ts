import { defineRules } from '@app/kernel';

/** Plans that somebody else decided on and published: they are recorded as they are, and our approvals take no part in them. */
export const publishedPlanRules = defineRules('published-plan', {
  aPublishedPlanIsRecordedOnce: ['A published plan is recorded once, as it was published.', 409],
  aPublishedPlanEndsAfterItBegins: 'A published plan ends after it begins.',
  aPublishedPlanFollowsARecordedOne: 'A published plan follows a plan of a cycle before it that is recorded here.',
  aPublishedGoalBelongsToARecordedPlan: ['A published goal belongs to a plan that is recorded here.', 409],
  aLineIsAPublishedGoal: 'A line is one published goal, complete and with known fields only.',
  aPublishedRangeHasItsEndsInOrder:
    'A published range has its lower end first, and a target is in plain decimal numbers.',
  aPublishedGoalIsRecordedOnce: ['A published goal is recorded once, as it was published.', 409],
  aCarriedGoalStandsInThePlanBefore: 'A goal that is carried forward stands in the plan before.',
  aPublishedResultIsRecordedOnce: ['What a report says of a goal is recorded once, as it was published.', 409],
  aSuccessorIsARecordedPlan: 'A recorded plan is followed by another one that names it as the plan before.',
  aRecordedPlanHasOneSuccessor: ['A recorded plan has one plan after it.', 409],
});

import { defineRules } from '@app/kernel';

export const solutionRules = defineRules('solution', {
  solutionsAreProposedForGoals: [
    'Solutions are proposed when the diagnosis has ended, and before the plan is submitted.',
    409,
  ],
  aSolutionIsProposedOnce: ['A solution is proposed once, with one set of aims and estimates.', 409],
  aSolutionServesThePlan:
    'A solution answers at least one problem and serves at least one goal of its plan, each named once.',
  estimatesAreShortDecimals:
    'Estimates are decimals of at most 6 places: a cost of zero or more, an effort above zero, and the change of a goal.',
  theRaceHasRoomForSixty: ['A plan has at most 60 solutions in the race.', 409],
  aPlanEstimatesInOneUnit: 'All solutions of a plan are estimated in one currency and in one unit of effort.',
  effectsAreOnServedGoals: 'The effects of a solution are on goals that it serves, each goal once.',
  prioritiesAreSetAfterGoals: [
    'Solutions are scored, ranked and selected when the goals are set, and before the plan is submitted.',
    409,
  ],
  aSolutionIsProposedFirst: ['A solution is proposed before anything else is said about it.', 404],
  theTeamPrioritises: [
    'Supervisors, team leads and community members of the leadership team score, rank and select, for themselves.',
    403,
  ],
  aScoreLiesOnItsScale: 'A score gives every value of its method, and each of them lies on its scale.',
  aRejectedSolutionIsOutOfTheRace: ['A rejected solution is out of the race; who wants it back proposes it anew.', 409],
  aRankedScoreStands: ['A score stands as soon as priorities were ranked with it.', 409],
  criteriaWeighOne:
    'A weighted score has 1 to 20 criteria, each once, with weights above zero of at most 6 places that sum to 1.',
  onlyAWeightedScoreHasCriteria: 'Criteria and measures belong to the weighted score only.',
  measuredCriteriaNameTheirSource:
    'Of cross-group support and equity benefit there is one criterion each at most, and it names its source; a rated criterion has none.',
  measuresAreShares:
    'A measure is a share from 0 to 1 of at most 6 places, once for a measured criterion and a solution in the race.',
  thereIsSomethingToRank: ['There is a solution in the race before priorities are ranked.', 409],
  everySolutionIsScored: ['Every solution in the race is scored by the method before priorities are ranked.', 409],
  everyCriterionHasAValue: ['Every criterion has a value from each rater, or from a measure, for each solution.', 409],
  theMustsLeaveRoom: ['The musts of MoSCoW take at most 60 % of the effort of what is not left out.', 409],
  onlyARankedSolutionIsSelected: ['A solution is selected after priorities were ranked with it.', 409],
  aDecisionHasAReason: 'Who selects or rejects a solution says why.',
  aSolutionIsSelectedOnce: ['A solution is selected once, for one reason.', 409],
  aSolutionIsRejectedOnce: ['A solution is rejected once, for one reason.', 409],
  onlyASelectedSolutionHasAnOwner: ['Only a selected solution has an owner.', 409],
});

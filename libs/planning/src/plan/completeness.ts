import { Decimal, ensure, type Rule } from '@app/kernel';
import type { ConsultationFact } from './consultation-facts.js';
import type { Goal, Seat } from './plan.events.js';
import { planRules } from './plan.rules.js';
import type { KeyService, Plan, Problem, Standard } from './plan.state.js';
import { planDecisionRules } from './plan-decisions.rules.js';
import { emptySeats } from './team.js';

/** Something that a plan still needs before it is submitted. */
export interface Missing {
  readonly rule: Rule;
  /** JSON pointer into the plan. */
  readonly pointer: string;
  /** What is missing, of which part of the plan. */
  readonly sentence: string;
}

/** Everything that keeps a plan from being submitted; nothing when it is complete. */
export const missingFrom = (plan: Plan, consultations: readonly ConsultationFact[]): readonly Missing[] => [
  ...missingConsultation(consultations),
  ...missingSeats(plan),
  ...(plan.keyServices.length === 0
    ? [missing(planDecisionRules.everyKeyServiceHasItsStandards, '/keyServices', 'No key service is selected.')]
    : []),
  ...plan.keyServices.flatMap((service) => missingStandards(service, plan)),
  ...(plan.problems.length === 0
    ? [missing(planRules.aDiagnosisFindsAProblem, '/problems', 'No problem is stated.')]
    : []),
  ...plan.problems.flatMap((problem) => missingOfProblem(problem, plan)),
  ...plan.goals.flatMap(missingOfGoal),
  ...plan.solutions
    .filter(({ status, owner }) => status === 'selected' && owner === undefined)
    .map(({ solutionId }) =>
      missing(
        planDecisionRules.everySelectedSolutionHasAnOwner,
        `/solutions/${solutionId}`,
        `The solution ${solutionId} is selected and has no owner.`,
      ),
    ),
  ...plan.rankings
    .filter(({ outdated }) => outdated === true)
    .map(({ method }) =>
      missing(
        planDecisionRules.everyRankingIsOfTheScoresAsTheyAre,
        `/rankings/${method}`,
        `The scores of ${method} were replaced since priorities were ranked with it.`,
      ),
    ),
  ...wrongWeights(plan),
];

/** Refuses a plan that is not complete, by the first rule that it breaks, and says everything that is missing. */
export function ensureComplete(plan: Plan, consultations: readonly ConsultationFact[]): void {
  const all = missingFrom(plan, consultations);
  const [first] = all;
  if (first !== undefined) ensure(false, first.rule, first.pointer, shown(all.map(({ sentence }) => sentence)));
}

const mostShown = 20;
const shown = (sentences: readonly string[]): string =>
  sentences.length <= mostShown
    ? sentences.join(' ')
    : `${sentences.slice(0, mostShown).join(' ')} And ${sentences.length - mostShown} more.`;

const missing = (rule: Rule, pointer: string, sentence: string): Missing => ({ rule, pointer, sentence });

function missingConsultation(consultations: readonly ConsultationFact[]): readonly Missing[] {
  const why = ({ consultationId, isAboutThePlan }: ConsultationFact): string =>
    isAboutThePlan
      ? `The consultation ${consultationId} is not closed as adequate.`
      : `The consultation ${consultationId} is not about this plan.`;
  const sentences =
    consultations.length === 0
      ? ['No consultation is named.']
      : consultations.filter(({ isAboutThePlan, isAdequate }) => !isAboutThePlan || !isAdequate).map(why);
  return sentences.map((sentence) =>
    missing(planDecisionRules.anAdequateConsultationIsClosedFirst, '/consultations', sentence),
  );
}

const seatNames: Readonly<Record<Seat, string>> = {
  supervisor: 'supervisor',
  'team-lead': 'team lead',
  community: 'member of the community',
  verifier: 'verifier',
};

const missingSeats = ({ team }: Plan): readonly Missing[] =>
  emptySeats(team).map((seat) =>
    missing(planRules.aTeamIsSeatedBeforeTheDiagnosisEnds, '/team', `No ${seatNames[seat]} is seated.`),
  );

function missingStandards({ serviceId }: KeyService, { standards }: Plan): readonly Missing[] {
  const of = (sentence: string): readonly Missing[] => [
    missing(planDecisionRules.everyKeyServiceHasItsStandards, `/keyServices/${serviceId}`, sentence),
  ];
  const its = standards.filter((standard) => standard.serviceId === serviceId);
  if (its.length === 0) return of(`The key service ${serviceId} has no current standard.`);
  const isDesired = ({ desired }: Standard): boolean => desired.length > 0;
  return its.some(isDesired) ? [] : of(`The key service ${serviceId} has no desired standard.`);
}

function missingOfProblem({ problemId }: Problem, { goals, solutions }: Plan): readonly Missing[] {
  const isOf = ({ problemIds }: { readonly problemIds: readonly string[] }): boolean => problemIds.includes(problemId);
  const of = (rule: Rule, what: string): readonly Missing[] => [
    missing(rule, `/problems/${problemId}`, `The problem ${problemId} has no ${what}.`),
  ];
  return [
    ...(goals.some(isOf) ? [] : of(planDecisionRules.everyProblemHasAGoal, 'goal')),
    ...(solutions.some((one) => isOf(one) && one.status === 'selected')
      ? []
      : of(planDecisionRules.everyProblemHasASolution, 'selected solution')),
  ];
}

const partsOfAGoal = {
  indicatorId: 'indicator',
  baseline: 'baseline',
  target: 'target',
  unit: 'unit',
  direction: 'direction',
  dueDate: 'due date',
  weight: 'weight',
} as const satisfies Partial<Record<keyof Goal, string>>;

function missingOfGoal(goal: Goal): readonly Missing[] {
  return (Object.keys(partsOfAGoal) as (keyof typeof partsOfAGoal)[])
    .filter((part) => goal[part] === undefined)
    .map((part) =>
      missing(
        planDecisionRules.everyGoalIsComplete,
        `/goals/${goal.goalId}/${part}`,
        `The goal ${goal.goalId} has no ${partsOfAGoal[part]}.`,
      ),
    );
}

/** Asked only when every goal has a weight: before that the missing ones are named. */
function wrongWeights({ goals }: Plan): readonly Missing[] {
  if (goals.length === 0 || goals.some(({ weight }) => weight === undefined)) return [];
  const sum = goals.reduce((total, { weight = '0' }) => total.plus(weight), new Decimal(0));
  return sum.equals(1)
    ? []
    : [missing(planDecisionRules.weightsOfGoalsSumToOne, '/goals', `They sum to ${sum.toString()}.`)];
}

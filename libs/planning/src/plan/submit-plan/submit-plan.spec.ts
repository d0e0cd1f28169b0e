import { exampleMetadata, specFor } from '@app/testing';
import type { ConsultationFact } from '../consultation-facts.js';
import { contentHash } from '../content-hash.js';
import {
  awaiting,
  complete,
  goalSet,
  goalSettingEnded,
  hash,
  inForce,
  leaksGoal,
  leaksProblem,
  opened,
  prioritising,
  returned,
  serviceSelected,
  settingGoals,
  solutionProposed,
  submitted,
} from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { callCentreScored, rankedByWeights } from '../solution.examples.js';
import { planRules } from '../plan.rules.js';
import { plan, type Plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { SubmitPlan, submitPlan } from './submit-plan.js';

const { given } = specFor(plan, SubmitPlan, submitPlan);
const heard: ConsultationFact = {
  consultationId: 'water-2026',
  isAboutThePlan: true,
  isAdequate: true,
  unlinkedAccepted: [],
};
const facts = [heard];
const withConsultation = { consultations: ['water-2026'] };
const by = 'p-clerk';

describe('submit a plan', () => {
  it('is submitted under the hash of its content', () =>
    given(...complete)
      .when(withConsultation, { facts })
      .then(submitted));
  it('sent twice, nothing happens', () =>
    given(...awaiting)
      .when(withConsultation, { facts })
      .then());
  it('is submitted again after it was returned and changed, as another version', () => {
    const changed: PlanEvent = {
      type: 'GoalChanged',
      data: { ...leaksGoal, title: 'Leaks are fixed in three days', by },
    };
    const history = [...awaiting, returned, changed, { type: 'GoalSettingEnded', data: { by } } as const];
    const state = history.reduce(plan.evolve, plan.initial) as Plan & { status: 'prioritising' };
    given(...history)
      .when(withConsultation, { facts })
      .then({
        type: 'PlanSubmitted',
        data: {
          version: 2,
          contentHash: contentHash('boston', 'boston', 2, state, ['water-2026']),
          consultations: ['water-2026'],
          author: by,
        },
      });
  });
  it(planRules.aPlanIsOpenedFirst.sentence, () =>
    given().when(withConsultation, { facts }).refused(planRules.aPlanIsOpenedFirst),
  );
  it(planDecisionRules.onlyAPrioritisedPlanIsSubmitted.sentence, () => {
    for (const history of [[opened], settingGoals, inForce])
      given(...history)
        .when(withConsultation, { facts })
        .refused(planDecisionRules.onlyAPrioritisedPlanIsSubmitted);
    given(...awaiting)
      .when(withConsultation, { facts, actor: { ...exampleMetadata.actor, person: 'p-other' } })
      .refused(planDecisionRules.onlyAPrioritisedPlanIsSubmitted);
  });
  it.each([
    ['none', []],
    ['one that is not adequate', [{ ...heard, isAdequate: false }]],
    ['one about something else', [{ ...heard, isAboutThePlan: false }]],
    ['a good and a bad one', [heard, { ...heard, consultationId: 'later', isAdequate: false }]],
  ])(`${planDecisionRules.anAdequateConsultationIsClosedFirst.sentence} Not with %s.`, (_name, others) =>
    given(...complete)
      .when(withConsultation, { facts: others })
      .refused(planDecisionRules.anAdequateConsultationIsClosedFirst, '/consultations'),
  );
  it(planDecisionRules.everyKeyServiceHasItsStandards.sentence, () => {
    const other: PlanEvent = {
      type: 'KeyServiceSelected',
      data: { serviceId: 'sewage', rationale: 'It overflows.', evidence: [], by },
    };
    given(...complete, other)
      .when(withConsultation, { facts })
      .refused(planDecisionRules.everyKeyServiceHasItsStandards, '/keyServices/sewage');
    given(...complete.filter(({ type }) => type !== 'DesiredStandardSet'))
      .when(withConsultation, { facts })
      .refused(planDecisionRules.everyKeyServiceHasItsStandards, '/keyServices/water-supply');
  });
  it(planDecisionRules.everyProblemHasAGoal.sentence, () =>
    given(...complete, { type: 'ProblemStated', data: { ...leaksProblem, problemId: 'no-water', by } })
      .when(withConsultation, { facts })
      .refused(planDecisionRules.everyProblemHasAGoal, '/problems/no-water'),
  );
  it(planDecisionRules.everyProblemHasASolution.sentence, () =>
    given(...prioritising, solutionProposed)
      .when(withConsultation, { facts })
      .refused(planDecisionRules.everyProblemHasASolution, '/problems/slow-repairs'),
  );
  it.each(['indicatorId', 'baseline', 'target', 'unit', 'direction', 'dueDate', 'weight'] as const)(
    `${planDecisionRules.everyGoalIsComplete.sentence} Not without %s.`,
    (part) => {
      const { [part]: _missing, ...rest } = leaksGoal;
      given(
        ...complete.map((event): PlanEvent => (event === goalSet ? { type: 'GoalSet', data: { ...rest, by } } : event)),
      )
        .when(withConsultation, { facts })
        .refused(planDecisionRules.everyGoalIsComplete, `/goals/leaks-in-three-days/${part}`);
    },
  );
  it(planDecisionRules.everySelectedSolutionHasAnOwner.sentence, () =>
    given(...prioritising, solutionProposed, {
      type: 'SolutionSelected',
      data: { solutionId: 'second-crew', reason: 'First.', by },
    })
      .when(withConsultation, { facts })
      .refused(planDecisionRules.everySelectedSolutionHasAnOwner, '/solutions/second-crew'),
  );
  it(planDecisionRules.everyRankingIsOfTheScoresAsTheyAre.sentence, () =>
    given(...complete, rankedByWeights, submitted, returned, goalSettingEnded, callCentreScored)
      .when(withConsultation, { facts })
      .refused(planDecisionRules.everyRankingIsOfTheScoresAsTheyAre, '/rankings/weighted-score'),
  );
  it(planDecisionRules.weightsOfGoalsSumToOne.sentence, () =>
    given(...complete, { type: 'GoalSet', data: { ...leaksGoal, goalId: 'another', weight: '0.2', by } })
      .when(withConsultation, { facts })
      .refused(planDecisionRules.weightsOfGoalsSumToOne, '/goals'),
  );
});

describe('the content hash of a plan', () => {
  const content = (...history: readonly PlanEvent[]): Plan =>
    history.reduce(plan.evolve, plan.initial) as Plan & { status: 'prioritising' };
  const hashOf = (...history: readonly PlanEvent[]): string =>
    contentHash('boston', 'boston', 1, content(...history), ['water-2026']);
  it('is that of the content, whatever the order of writing', () => {
    const other: PlanEvent = { type: 'GoalSet', data: { ...leaksGoal, goalId: 'another', by } };
    const rest = complete.filter((event) => event !== goalSet);
    expect(hashOf(...complete)).toBe(hash);
    expect(hashOf(...rest, goalSet, other)).toBe(hashOf(...rest, other, goalSet));
  });
  it('is another one after every edit, even of a digit', () => {
    const edited: PlanEvent = {
      type: 'GoalChanged',
      data: { ...leaksGoal, target: { kind: 'min', value: '3.0000000001' }, by },
    };
    expect(hashOf(...complete, edited)).not.toBe(hash);
    expect(
      hashOf(...complete, {
        ...serviceSelected,
        data: { serviceId: 'x', rationale: 'y', evidence: [], by },
      } as PlanEvent),
    ).not.toBe(hash);
  });
  it('does not hold problems that came up after submission', () => {
    const late: PlanEvent = { type: 'ProblemStated', data: { ...leaksProblem, problemId: 'late', by } };
    expect(hashOf(...awaiting, late)).toBe(hash);
  });
});

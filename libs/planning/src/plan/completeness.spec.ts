import { missingFrom } from './completeness.js';
import {
  complete,
  goalSettingEnded,
  leaksProblem,
  opened,
  prioritising,
  returned,
  solutionProposed,
  submitted,
} from './plan.examples.js';
import { callCentreScored, rankedByWeights } from './solution.examples.js';
import type { PlanEvent } from './plan.events.js';
import { plan, type OpenedPlan } from './plan.state.js';

const planAfter = (...events: readonly PlanEvent[]): OpenedPlan =>
  events.reduce(plan.evolve, plan.initial) as OpenedPlan;
const heard = { consultationId: 'water-2026', isAboutThePlan: true, isAdequate: true, unlinkedAccepted: [] };
const by = 'p-clerk';

describe('what a plan still needs', () => {
  it('is nothing when it is complete', () => expect(missingFrom(planAfter(...complete), [heard])).toEqual([]));
  it('is a new ranking when scores were replaced after the plan was returned, and nothing once it is there', () => {
    const again = [...complete, rankedByWeights, submitted, returned, goalSettingEnded] as const;
    expect(missingFrom(planAfter(...again), [heard])).toEqual([]);
    expect(missingFrom(planAfter(...again, callCentreScored), [heard])).toMatchObject([
      { pointer: '/rankings/weighted-score' },
    ]);
    expect(missingFrom(planAfter(...again, callCentreScored, rankedByWeights), [heard])).toEqual([]);
  });
  it('is all said at once, in sentences', () => {
    expect(missingFrom(planAfter(opened), []).map(({ sentence }) => sentence)).toEqual([
      'No consultation is named.',
      'No supervisor is seated.',
      'No team lead is seated.',
      'No member of the community is seated.',
      'No key service is selected.',
      'No problem is stated.',
    ]);
    const gappy = planAfter(
      ...prioritising.filter(({ type }) => type !== 'DesiredStandardSet'),
      { type: 'KeyServiceSelected', data: { serviceId: 'sewage', rationale: 'It overflows.', evidence: [], by } },
      { type: 'ProblemStated', data: { ...leaksProblem, problemId: 'no-water', by } },
      { type: 'GoalSet', data: { goalId: 'open', title: 'Open', problemIds: ['slow-repairs'], trajectory: [], by } },
      solutionProposed,
      { type: 'SolutionSelected', data: { solutionId: 'second-crew', reason: 'First.', by } },
    );
    const consultations = [
      { ...heard, isAdequate: false },
      { ...heard, consultationId: 'roads', isAboutThePlan: false },
    ];
    expect(missingFrom(gappy, consultations).map(({ pointer, sentence }) => `${pointer} ${sentence}`)).toEqual([
      '/consultations The consultation water-2026 is not closed as adequate.',
      '/consultations The consultation roads is not about this plan.',
      '/keyServices/water-supply The key service water-supply has no desired standard.',
      '/keyServices/sewage The key service sewage has no current standard.',
      '/problems/no-water The problem no-water has no goal.',
      '/problems/no-water The problem no-water has no selected solution.',
      '/goals/open/indicatorId The goal open has no indicator.',
      '/goals/open/baseline The goal open has no baseline.',
      '/goals/open/target The goal open has no target.',
      '/goals/open/unit The goal open has no unit.',
      '/goals/open/direction The goal open has no direction.',
      '/goals/open/dueDate The goal open has no due date.',
      '/goals/open/weight The goal open has no weight.',
      '/solutions/second-crew The solution second-crew is selected and has no owner.',
    ]);
  });
});

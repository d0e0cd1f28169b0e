import { RuleViolation } from '@app/kernel';
import { exampleMetadata, specFor } from '@app/testing';
import fc from 'fast-check';
import { diagnosing, gapIdentified, inForce, leaksProblem, problemStated } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan, type PlanState } from '../plan.state.js';
import { StateProblemCauses, stateProblemCauses } from './state-problem-causes.js';

const { given } = specFor(plan, StateProblemCauses, stateProblemCauses);
const stated = (problemId: string): PlanEvent => ({
  type: 'ProblemStated',
  data: { ...leaksProblem, problemId, causes: [], by: 'p-clerk' },
});
const because = (problemId: string) => [{ statement: `Because of ${problemId}.`, problemId }];
const causesStated = (problemId: string, cause: string): PlanEvent => ({
  type: 'ProblemCausesStated',
  data: { problemId, causes: because(cause), by: 'p-clerk' },
});
const two = [...diagnosing, gapIdentified, stated('slow-repairs'), stated('slow-orders')];

describe('state the causes of a problem', () => {
  it('replace those that were stated before', () =>
    given(...two)
      .when({ problemId: 'slow-repairs', causes: because('slow-orders') })
      .then(causesStated('slow-repairs', 'slow-orders')));
  it('sent twice, nothing happens', () =>
    given(...two, causesStated('slow-repairs', 'slow-orders'))
      .when({ problemId: 'slow-repairs', causes: because('slow-orders') })
      .then());
  it(planRules.aProblemExistsBeforeItsCauses.sentence, () =>
    given(...diagnosing)
      .when({ problemId: 'slow-repairs', causes: [] })
      .refused(planRules.aProblemExistsBeforeItsCauses, '/problem'),
  );
  it(planRules.aCauseIsAProblemOfThePlan.sentence, () =>
    given(...diagnosing, gapIdentified, problemStated)
      .when({ problemId: 'slow-repairs', causes: because('slow-orders') })
      .refused(planRules.aCauseIsAProblemOfThePlan, '/causes'),
  );
  it(planRules.aProblemIsNoCauseOfItself.sentence, () => {
    given(...two)
      .when({ problemId: 'slow-repairs', causes: because('slow-repairs') })
      .refused(planRules.aProblemIsNoCauseOfItself, '/causes');
    given(...two, causesStated('slow-repairs', 'slow-orders'))
      .when({ problemId: 'slow-orders', causes: because('slow-repairs') })
      .refused(planRules.aProblemIsNoCauseOfItself, '/causes');
  });
  it('are not changed after submission', () =>
    given(...inForce)
      .when({ problemId: 'slow-repairs', causes: [] })
      .refused(planRules.aDraftIsEdited));
  it('never come round to where they began, whatever is stated', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const begun = [...diagnosing, gapIdentified, ...names.map(stated)].reduce(plan.evolve, plan.initial);
    const link = fc.record({ of: fc.constantFrom(...names), from: fc.uniqueArray(fc.constantFrom(...names)) });
    fc.assert(
      fc.property(fc.array(link, { maxLength: 20 }), (links) => {
        let state: PlanState = begun;
        for (const { of, from } of links)
          try {
            const causes = from.flatMap(because);
            const command = new StateProblemCauses('boston', 'boston', { problemId: of, causes }, exampleMetadata);
            state = stateProblemCauses(command, state, undefined).reduce(plan.evolve, state);
          } catch (error) {
            if (!(error instanceof RuleViolation)) throw error;
          }
        expect(inOrderOfCause(state)).toHaveLength(names.length);
      }),
    );
  });
});

/** Problems, each after all its causes; shorter than the plan's when there is a circle. */
function inOrderOfCause(state: PlanState): readonly string[] {
  const problems = state.status === 'unopened' ? [] : state.problems;
  const placed: string[] = [];
  for (let before = -1; before < placed.length;) {
    before = placed.length;
    for (const { problemId, causes } of problems)
      if (!placed.includes(problemId) && causes.every((cause) => placed.includes(cause.problemId ?? '')))
        placed.push(problemId);
  }
  return placed;
}

import { RuleViolation } from '@app/kernel';
import fc from 'fast-check';
import { ensureSeated, expectPublished } from '../../spec-support/published-plan.js';
import { astray, people, roles, way } from '../../spec-support/way-into-force.js';
import { plan, type PlanState } from './plan.state.js';

/** `undefined`: the next step of the way. */
const anyStep = fc.oneof(
  { weight: 12, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(...astray), fc.constantFrom(...people), fc.constantFrom(...roles)),
  },
);

describe('a plan, whatever is sent to it', () => {
  it('comes into force only complete, heard by everybody, and decided on by three persons', () => {
    let reached = 0;
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 30, maxLength: 70 }), (steps) => {
        let state: PlanState = plan.initial;
        let next = 0;
        for (const step of steps) {
          const [send, person, role] = step ?? way[next++ % way.length]!;
          try {
            for (const event of send(state, person, role)) {
              state = plan.evolve(state, event);
              if (event.type === 'PlanPublished') expectPublished(state);
            }
          } catch (error) {
            if (!(error instanceof RuleViolation)) throw error;
          }
          ensureSeated(state);
        }
        if (state.status === 'published') reached += 1;
      }),
      { numRuns: 120 },
    );
    expect(reached).toBeGreaterThan(12);
  });
});

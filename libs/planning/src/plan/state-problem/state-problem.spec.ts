import { specFor } from '@app/testing';
import {
  diagnosing,
  gapIdentified,
  inForce,
  leaksProblem,
  problemStated,
  returned,
  complete,
  submitted,
  seated,
} from '../plan.examples.js';
import type { PlanEvent, ProblemOrigin } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { StateProblem, stateProblem } from './state-problem.js';

const { given } = specFor(plan, StateProblem, stateProblem);
const facts = { facts: { isOriginRecorded: true } };
const breach: ProblemOrigin = { kind: 'breach', breachId: 'street-services/on-time/all/2026-Q3' };
const broken = { ...leaksProblem, problemId: 'broken-promise', origin: breach };
const brokenStated: PlanEvent = { type: 'ProblemStated', data: { ...broken, by: 'p-clerk' } };

describe('state a problem', () => {
  it('is stated with what showed it', () =>
    given(...diagnosing, gapIdentified)
      .when(leaksProblem, facts)
      .then(problemStated));
  it('may name another problem as its cause', () => {
    const orders = {
      ...leaksProblem,
      problemId: 'late-starts',
      causes: [{ statement: 'Repairs queue up.', problemId: 'slow-repairs' }],
    };
    given(...diagnosing, gapIdentified, problemStated)
      .when(orders, facts)
      .then({ type: 'ProblemStated', data: { ...orders, by: 'p-clerk' } });
  });
  it('may come from outside while the plan is in force, and is late then', () => {
    given(...inForce)
      .when(broken, facts)
      .then(brokenStated);
    expect([...inForce, brokenStated].reduce(plan.evolve, plan.initial)).toMatchObject({
      problems: [{ late: false }, { problemId: 'broken-promise', late: true }],
    });
  });
  it('belongs to what is written next when the plan is returned', () =>
    expect([...complete, submitted, brokenStated, returned].reduce(plan.evolve, plan.initial)).toMatchObject({
      status: 'goal-setting',
      problems: [{ late: false }, { problemId: 'broken-promise', late: false }],
    }));
  it('sent twice, nothing happens', () => {
    given(...diagnosing, gapIdentified, problemStated)
      .when(leaksProblem, facts)
      .then();
    given(...inForce, brokenStated)
      .when(broken, facts)
      .then();
  });
  it(planRules.aProblemIsStatedOnce.sentence, () =>
    given(...diagnosing, gapIdentified, problemStated)
      .when({ ...leaksProblem, statement: 'Leaks run.' }, facts)
      .refused(planRules.aProblemIsStatedOnce, '/id'),
  );
  it(planRules.aProblemIsOfAKeyService.sentence, () =>
    given(...seated)
      .when(leaksProblem, facts)
      .refused(planRules.aProblemIsOfAKeyService, '/service'),
  );
  it(planRules.aLateProblemComesFromOutside.sentence, () =>
    given(...inForce)
      .when({ ...leaksProblem, problemId: 'second' }, facts)
      .refused(planRules.aLateProblemComesFromOutside, '/origin'),
  );
  it(planRules.theOriginOfAProblemIsRecorded.sentence, () => {
    given(...diagnosing)
      .when(leaksProblem, facts)
      .refused(planRules.theOriginOfAProblemIsRecorded, '/origin');
    given(...diagnosing)
      .when(broken, { facts: { isOriginRecorded: false } })
      .refused(planRules.theOriginOfAProblemIsRecorded, '/origin');
  });
  it.each(['complaint', 'audit'] as const)('may be shown by something that is filed elsewhere: %s', (kind) => {
    const filed = { ...broken, origin: { kind, reference: 'C 12/2026' } };
    given(...inForce)
      .when(filed, facts)
      .then({ type: 'ProblemStated', data: { ...filed, by: 'p-clerk' } });
  });
  it.each(['', ' ', '-', '?', ' C 12', 'C 12/'])(
    `${planRules.whatIsFiledElsewhereHasAReference.sentence} Not '%s'.`,
    (reference) =>
      given(...inForce)
        .when({ ...broken, origin: { kind: 'complaint', reference } }, facts)
        .refused(planRules.whatIsFiledElsewhereHasAReference, '/origin/reference'),
  );
  it(planRules.aCauseIsAProblemOfThePlan.sentence, () =>
    given(...diagnosing, gapIdentified)
      .when({ ...leaksProblem, causes: [{ statement: 'Orders.', problemId: 'slow-orders' }] }, facts)
      .refused(planRules.aCauseIsAProblemOfThePlan, '/causes'),
  );
  it(planRules.aProblemIsNoCauseOfItself.sentence, () =>
    given(...diagnosing, gapIdentified)
      .when({ ...leaksProblem, causes: [{ statement: 'Itself.', problemId: 'slow-repairs' }] }, facts)
      .refused(planRules.aProblemIsNoCauseOfItself, '/causes'),
  );
});

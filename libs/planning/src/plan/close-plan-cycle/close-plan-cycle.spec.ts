import { exampleMetadata, specFor } from '@app/testing';
import {
  awaiting,
  closed,
  cycleClosed,
  inForce,
  reportFiled,
  reportReturned,
  reportVerified,
  weakeningProposed,
} from '../plan.examples.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ClosePlanCycle, closePlanCycle } from './close-plan-cycle.js';

const { given } = specFor(plan, ClosePlanCycle, closePlanCycle);
const at = (occurredAt: string) => ({
  actor: { ...exampleMetadata.actor, person: 'p-clerk' },
  occurredAt,
  facts: { timeZone: 'Africa/Johannesburg' },
});
const inApril = at('2029-04-02T09:00:00Z');
const asked = { reason: 'The last day has passed.' };

describe('close a plan cycle', () => {
  it('is closed on a day of the agency, after its last one', () => {
    given(...inForce, reportFiled, reportVerified)
      .when(asked, inApril)
      .then(cycleClosed);
    given(...inForce, reportFiled, reportReturned)
      .when(asked, at('2029-03-31T22:30:00Z'))
      .then({ type: 'PlanCycleClosed', data: { on: '2029-04-01', ...asked, by: 'p-clerk' } });
  });
  it('sent twice, nothing happens', () =>
    given(...closed)
      .when(asked, inApril)
      .then());
  it(planRules.aPlanIsOpenedFirst.sentence, () => given().when(asked, inApril).refused(planRules.aPlanIsOpenedFirst));
  it(planDecisionRules.onlyAPlanInForceIsClosed.sentence, () => {
    for (const history of [awaiting, [...inForce, weakeningProposed]])
      given(...history)
        .when(asked, inApril)
        .refused(planDecisionRules.onlyAPlanInForceIsClosed);
  });
  it(planDecisionRules.aCycleClosesAfterItsLastDay.sentence, () =>
    given(...inForce)
      .when(asked, at('2029-03-31T21:30:00Z'))
      .refused(planDecisionRules.aCycleClosesAfterItsLastDay),
  );
  it(planDecisionRules.everyReportIsDecidedBeforeClosing.sentence, () =>
    given(...inForce, reportFiled)
      .when(asked, inApril)
      .refused(planDecisionRules.everyReportIsDecidedBeforeClosing),
  );
});

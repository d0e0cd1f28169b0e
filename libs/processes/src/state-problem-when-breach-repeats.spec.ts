import type { Detection } from '@app/compliance/events';
import { answered, heard, processSpecFor } from '@app/testing';
import type { ProcessEvent } from './process/process.events.js';
import { processInstance } from './process/process.state.js';
import { stateProblemWhenBreachRepeats, type BreachFacts } from './state-problem-when-breach-repeats.process.js';

const { given } = processSpecFor(processInstance, stateProblemWhenBreachRepeats);

const breachId = 'street-services/on-time/all/2011-08';
const confirmed = heard(
  { type: 'BreachConfirmed', data: { resultHash: 'f' } },
  { category: 'breach', tenant: 'boston', id: breachId },
);
const ofPlan = (type: string, id = 'streets-2011') =>
  heard({ type, data: {} }, { category: 'plan', tenant: 'boston', id });
const detection: Detection = {
  agreementId: 'street-services',
  agreementVersion: 1,
  objectiveId: 'on-time',
  scope: 'all',
  period: '2011-08',
  severity: 'Minor',
  value: '98.5',
  target: '99',
  belowMinimum: false,
  repeatCount: 1,
  resultHash: 'f',
};
const streets = { planId: 'streets-2011', from: '2011-01-01', keyServices: ['street-repair'], statedBreaches: [] };
const water = { planId: 'water-2011', from: '2011-02-01', keyServices: ['water-supply'], statedBreaches: [] };
const factsOf = (plans: BreachFacts['plans'], changed: Partial<Detection> = {}): BreachFacts => ({
  tenant: 'boston',
  breaches: [{ breachId, detection: { ...detection, ...changed }, serviceIds: ['street-cleaning', 'street-repair'] }],
  plans,
});
const known = ({ planId, from }: BreachFacts['plans'][number]): ProcessEvent => ({
  type: 'Remembered',
  data: { name: `plan ${planId}`, value: from },
});
const waits: ProcessEvent = {
  type: 'Remembered',
  data: { name: `waiting ${breachId}`, value: 'no current plan has the service among its key services' },
};
const waitsNoMore: ProcessEvent = { type: 'Forgotten', data: { name: `waiting ${breachId}` } };
const name = `state ${breachId} in streets-2011`;
const repeatedly = ': minor, and missed in the period before too.';
const issued = (ending = repeatedly): ProcessEvent => ({
  type: 'CommandIssued',
  data: {
    name,
    command: 'state-problem',
    target: 'streets-2011',
    data: {
      problemId: expect.stringMatching(/^breach-[0-9a-f-]{13}$/) as string,
      serviceId: 'street-repair',
      statement: `Objective on-time of agreement street-services (all) was 98.5 instead of 99 in 2011-08${ending}`,
      origin: { kind: 'breach', breachId },
      causes: [],
    },
  },
});
const accepted: ProcessEvent = { type: 'CommandAccepted', data: { name, revision: '7', eventIds: [] } };
const refused: ProcessEvent = {
  type: 'CommandRefused',
  data: { name, rule: 'plan/a-closed-cycle-is-only-evaluated', sentence: 'The cycle is closed.' },
};

describe('state a problem when a breach repeats', () => {
  it('states it in the current plan for the service when the period before failed too', () =>
    given(known(streets), known(water))
      .when(confirmed, factsOf([streets, water]))
      .then(issued()));
  it('states it when the breach is severe, though it is the first', () =>
    given(known(streets))
      .when(confirmed, factsOf([streets], { severity: 'Severe', repeatCount: 0 }))
      .then(issued(': severe.')));
  it('leaves a single breach that is not severe alone', () =>
    given(known(streets))
      .when(confirmed, factsOf([streets], { repeatCount: 0 }))
      .then());
  it('states it once for each breach, heard as often as it may be', () => {
    given(known(streets), issued())
      .when(confirmed, factsOf([streets]))
      .then();
    given(known(streets), issued(), accepted)
      .when(confirmed, factsOf([streets]))
      .then();
  });
  it('leaves it to the problem that somebody has stated from the same breach', () => {
    const stated = { ...streets, statedBreaches: [breachId] };
    given(known(streets))
      .when(confirmed, factsOf([stated]))
      .then();
    given(known(streets), waits)
      .when(ofPlan('KeyServiceSelected'), factsOf([stated]))
      .then(waitsNoMore);
  });
  it('waits for the next cycle when there is no current plan for the service', () => {
    given().when(confirmed, factsOf([])).then(waits);
    given(known(water))
      .when(confirmed, factsOf([water]))
      .then(waits);
  });
  it('states it as soon as the next cycle has the service among its key services', () => {
    const opened = { ...streets, keyServices: [] };
    given(waits)
      .when(ofPlan('PlanCycleOpened'), factsOf([opened]))
      .then(known(streets));
    given(waits, known(streets))
      .when(ofPlan('KeyServiceSelected'), factsOf([streets]))
      .then(waitsNoMore, issued());
  });
  it('prefers the plan that began last', () => {
    const older = { ...streets, planId: 'streets-2008', from: '2008-01-01' };
    given(known(older), known(streets))
      .when(confirmed, factsOf([older, streets]))
      .then(issued());
  });
  it('hears of problems that come from a breach, and of no others', () => {
    const keys = (kind: string) =>
      stateProblemWhenBreachRepeats.hears['ProblemStated']!({ data: { origin: { kind } } } as never);
    expect([keys('breach'), keys('gap')]).toEqual([['all-plans'], []]);
  });
  it('forgets a cycle that was closed', () =>
    given(known(streets))
      .when(ofPlan('PlanCycleClosed'), { tenant: 'boston', breaches: [], plans: [] })
      .then({ type: 'Forgotten', data: { name: 'plan streets-2011' } }));
  it('asks the team, and waits for another plan, when the plan refuses the problem', () => {
    const asked: ProcessEvent = {
      type: 'ActionRequested',
      data: {
        action: name,
        kind: 'state-problem',
        role: 'team-member',
        subject: { kind: 'breach', stream: `breach-boston/${breachId}` },
        reason: 'The cycle is closed.',
      },
    };
    const facts = { ...factsOf([streets]), breaches: [] };
    given(known(streets), issued(), refused).when(answered(name), facts).then(waits, asked);
    given(known(streets), issued(), refused, waits, asked)
      .when(ofPlan('KeyServiceSelected'), factsOf([streets]))
      .then();
    given(known(streets), issued(), accepted).when(answered(name), facts).then();
    const byHand = { ...streets, planId: 'streets-2012', statedBreaches: [breachId] };
    const stated = heard(
      { type: 'ProblemStated', data: { origin: { kind: 'breach', breachId } } },
      { category: 'plan', tenant: 'boston', id: 'streets-2012' },
    );
    given(known(byHand), issued(), refused, waits, asked)
      .when(stated, factsOf([byHand]))
      .then({ type: 'ActionSettled', data: { action: name, outcome: 'done' } }, waitsNoMore);
  });
});

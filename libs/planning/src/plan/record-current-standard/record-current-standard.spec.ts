import { specFor } from '@app/testing';
import { currentRecorded, desiredSet, diagnosing, leakStandard, measured, seated } from '../plan.examples.js';
import type { CurrentStandard, PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { RecordCurrentStandard, recordCurrentStandard } from './record-current-standard.js';

const { given } = specFor(plan, RecordCurrentStandard, recordCurrentStandard);
const { kind: _kind, period, ...measurement } = measured;
const facts = { facts: { dimensions: ['district'], fiscalYearStart: 4, measurement } };
const { value: _value, ...unmeasured } = measurement;
const noFigure = { facts: { ...facts.facts, measurement: { ...unmeasured, sample: 0 } } };
const quarter = { ...leakStandard, period };
const told = {
  standardId: 'name-tags',
  serviceId: 'water-supply',
  dimension: 'courtesy' as const,
  title: 'Staff can be addressed by name',
  scope: {},
  text: 'Half of the staff wear name tags.',
};
const recorded = (current: CurrentStandard): PlanEvent => ({
  type: 'CurrentStandardRecorded',
  data: { ...leakStandard, current, by: 'p-clerk' },
});

describe('record a current standard', () => {
  it('is the figure that the readings give, with what was read', () =>
    given(...diagnosing)
      .when(quarter, facts)
      .then(currentRecorded));
  it('may be told in words', () => {
    const { text, ...terms } = told;
    const current = { kind: 'described' as const, text };
    given(...diagnosing)
      .when(told, { facts: {} })
      .then({ type: 'CurrentStandardRecorded', data: { ...terms, current, by: 'p-clerk' } });
  });
  it('may say that there is no data, and why', () =>
    given(...diagnosing)
      .when({ ...quarter, noData: 'The depot kept no records.' }, noFigure)
      .then(recorded({ kind: 'no-data', reason: 'The depot kept no records.' })));
  it('is recorded again when the readings have changed, and stays desired', () => {
    const later = { ...measurement, value: '8.5', sample: 42 };
    given(...diagnosing, currentRecorded, desiredSet)
      .when(quarter, { facts: { ...facts.facts, measurement: later } })
      .then(recorded({ kind: 'measured', period, ...later }));
    const again = [...diagnosing, currentRecorded, desiredSet, recorded({ kind: 'measured', period, ...later })];
    expect(again.reduce(plan.evolve, plan.initial)).toMatchObject({
      standards: [{ current: { value: '8.5' }, desired: [{ year: 'FY2027-28' }] }],
    });
  });
  it('sent twice, nothing happens', () =>
    given(...diagnosing, currentRecorded)
      .when(quarter, facts)
      .then());
  it(planRules.aStandardIsOfAKeyService.sentence, () =>
    given(...seated)
      .when(quarter, facts)
      .refused(planRules.aStandardIsOfAKeyService, '/service'),
  );
  it.each([
    ['service', { serviceId: 'roads' }],
    ['dimension', { dimension: 'access' as const }],
    ['title', { title: 'Hours' }],
    ['scope', { scope: {} }],
  ])(`${planRules.aStandardKeepsItsMeaning.sentence} (%s)`, (_what, change) =>
    given(...diagnosing, currentRecorded)
      .when({ ...quarter, ...change }, facts)
      .refused(planRules.aStandardKeepsItsMeaning, '/id'),
  );
  it.each([
    ['nothing', {}],
    ['two of them', { text: 'Slow', noData: 'None kept' }],
    ['a period without an indicator', { period }],
    ['only spaces', { text: ' ' }],
  ])(`${planRules.aStandardIsMeasuredOrTold.sentence} Not by %s.`, (_what, given_) => {
    const { text: _text, ...terms } = told;
    given(...diagnosing)
      .when({ ...terms, ...given_ }, { facts: {} })
      .refused(planRules.aStandardIsMeasuredOrTold);
  });
  it(planRules.aStandardMeasuresADefinedIndicator.sentence, () =>
    given(...diagnosing)
      .when(quarter, { facts: {} })
      .refused(planRules.aStandardMeasuresADefinedIndicator, '/indicator'),
  );
  it(planRules.aScopeUsesDimensionsOfTheIndicator.sentence, () => {
    given(...diagnosing)
      .when({ ...quarter, scope: { ward: '3' } }, facts)
      .refused(planRules.aScopeUsesDimensionsOfTheIndicator, '/scope');
    given(...diagnosing)
      .when({ ...told, scope: { district: 'Langa' } }, { facts: {} })
      .refused(planRules.aScopeUsesDimensionsOfTheIndicator, '/scope');
  });
  it.each(['2025-Q5', 'yesterday', '2026-Q2'])(
    `${planRules.aBaselineIsOfAPeriodThatHasBegun.sentence} Not %s.`,
    (wrong) =>
      given(...diagnosing)
        .when({ ...quarter, period: wrong }, facts)
        .refused(planRules.aBaselineIsOfAPeriodThatHasBegun, '/period'),
  );
  it(planRules.aBaselineIsTakenFromReadings.sentence, () =>
    given(...diagnosing)
      .when(quarter, noFigure)
      .refused(planRules.aBaselineIsTakenFromReadings, '/period'),
  );
  it(planRules.noDataIsStatedWhereThereIsNone.sentence, () =>
    given(...diagnosing)
      .when({ ...quarter, noData: 'The depot kept no records.' }, facts)
      .refused(planRules.noDataIsStatedWhereThereIsNone, '/noData'),
  );
});

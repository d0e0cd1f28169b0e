import type { Rule } from '@app/kernel';
import { specFor } from '@app/testing';
import type { Objective, SeverityBand } from '../agreement.events.js';
import { active, awaiting, drafted, onTime, onTimeAdded, onTimeCard, voided } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { AddObjective, addObjective } from './add-objective.js';

const { given } = specFor(agreement, AddObjective, addObjective);
const facts = { facts: onTimeCard };
const refused = (change: Partial<Objective>, rule: Rule, pointer?: string): void =>
  given(drafted)
    .when({ ...onTime, ...change }, facts)
    .refused(rule, pointer);
const slow: Objective = {
  ...onTime,
  objectiveId: 'days',
  comparator: 'at-most',
  target: '3',
  minimumLevel: '5',
  perScopeFloor: { dimension: 'neighborhood', floor: '9' },
  severityBands: [
    { severity: 'Severe', from: '5' },
    { severity: 'Minor', from: '3', to: '5' },
  ],
};

describe('add an objective', () => {
  it('is added with its target and bands', () => given(drafted).when(onTime, facts).then(onTimeAdded));
  it('is added where less is better, its bands open above', () =>
    given(drafted)
      .when(slow, { facts: { ...onTimeCard, direction: 'lower-is-better' } })
      .then({ type: 'ObjectiveAdded', data: slow }));
  it('sent twice, nothing happens', () => given(drafted, onTimeAdded).when(onTime, facts).then());
  it('voids what was submitted', () => {
    const second = { ...onTime, objectiveId: 'second' };
    given(...awaiting)
      .when(second, facts)
      .then(voided(), { type: 'ObjectiveAdded', data: second });
  });
  it(agreementRules.anAgreementIsDraftedFirst.sentence, () =>
    given().when(onTime, facts).refused(agreementRules.anAgreementIsDraftedFirst),
  );
  it(agreementRules.anAgreementInForceIsNotEdited.sentence, () =>
    given(...active)
      .when({ ...onTime, objectiveId: 'second' }, facts)
      .refused(agreementRules.anAgreementInForceIsNotEdited),
  );
  it(agreementRules.anObjectiveIsAddedOnce.sentence, () =>
    given(drafted, onTimeAdded)
      .when({ ...onTime, title: 'On time' }, facts)
      .refused(agreementRules.anObjectiveIsAddedOnce, '/objectiveId'),
  );
  it(agreementRules.aRemovedObjectiveDoesNotComeBack.sentence, () =>
    given(drafted, onTimeAdded, { type: 'ObjectiveRemoved', data: { objectiveId: 'on-time' } })
      .when(onTime, facts)
      .refused(agreementRules.aRemovedObjectiveDoesNotComeBack, '/objectiveId'),
  );
  it(agreementRules.anObjectiveMeasuresADefinedIndicator.sentence, () =>
    given(drafted).when(onTime).refused(agreementRules.anObjectiveMeasuresADefinedIndicator, '/indicatorId'),
  );
  it(agreementRules.theComparatorFollowsTheIndicator.sentence, () =>
    given(drafted)
      .when(onTime, { facts: { ...onTimeCard, direction: 'lower-is-better' } })
      .refused(agreementRules.theComparatorFollowsTheIndicator, '/comparator'),
  );
  it(agreementRules.aFloorUsesADimensionOfTheIndicator.sentence, () =>
    refused(
      { perScopeFloor: { dimension: 'ward', floor: '90' } },
      agreementRules.aFloorUsesADimensionOfTheIndicator,
      '/perScopeFloor/dimension',
    ),
  );
  it(agreementRules.aWindowHoldsWholeReportingCycles.sentence, () =>
    given(drafted)
      .when(onTime, { facts: { ...onTimeCard, reportingCycle: 'quarter' } })
      .refused(agreementRules.aWindowHoldsWholeReportingCycles, '/window'),
  );
  it.each([
    ['year', undefined, 'fiscal-year'],
    ['fiscal-year', 1, 'fiscal-year'],
    ['fiscal-year', 5, 'quarter'],
    ['quarter', undefined, 'year'],
  ] as const)(
    `${agreementRules.aWindowHoldsWholeReportingCycles.sentence} Not a %s from %s over a %s.`,
    (window, fiscalYearStart, reportingCycle) =>
      given(drafted)
        .when(
          { ...onTime, window, ...(fiscalYearStart === undefined ? {} : { fiscalYearStart }) },
          { facts: { ...onTimeCard, reportingCycle } },
        )
        .refused(agreementRules.aWindowHoldsWholeReportingCycles, '/window'),
  );
  it('takes fiscal years that start where those of its indicator do', () => {
    const yearly: Objective = { ...onTime, window: 'fiscal-year', fiscalYearStart: 4 };
    for (const reportingCycle of ['month', 'quarter', 'fiscal-year'] as const)
      given(drafted)
        .when(yearly, { facts: { ...onTimeCard, reportingCycle } })
        .then({ type: 'ObjectiveAdded', data: yearly });
  });
  it(agreementRules.aFiscalYearNamesItsFirstMonth.sentence, () => {
    refused({ window: 'fiscal-year' }, agreementRules.aFiscalYearNamesItsFirstMonth, '/fiscalYearStart');
    refused({ fiscalYearStart: 4 }, agreementRules.aFiscalYearNamesItsFirstMonth, '/fiscalYearStart');
  });
  it(agreementRules.objectiveNumbersAreDecimals.sentence, () =>
    refused({ target: '1e2' }, agreementRules.objectiveNumbersAreDecimals, '/target'),
  );
  it(agreementRules.aToleranceIsNotNegative.sentence, () =>
    refused({ tolerance: '-1' }, agreementRules.aToleranceIsNotNegative, '/tolerance'),
  );
  it.each(['0', '1.01'])(`${agreementRules.aWeightIsAboveZeroAndAtMostOne.sentence} Not %s.`, (weight) =>
    refused({ weight }, agreementRules.aWeightIsAboveZeroAndAtMostOne, '/weight'),
  );
  it(agreementRules.theMinimumAsksNoMoreThanTheTarget.sentence, () =>
    refused({ minimumLevel: '99.95' }, agreementRules.theMinimumAsksNoMoreThanTheTarget, '/minimumLevel'),
  );
  it(agreementRules.aFloorAsksNoMoreThanTheTarget.sentence, () =>
    refused(
      { perScopeFloor: { dimension: 'neighborhood', floor: '99.95' } },
      agreementRules.aFloorAsksNoMoreThanTheTarget,
      '/perScopeFloor/floor',
    ),
  );
});

describe(agreementRules.severityBandsCoverEveryMiss.sentence, () => {
  const rule = agreementRules.severityBandsCoverEveryMiss;
  const sets: readonly (readonly [title: string, target: string, bands: SeverityBand[]])[] = [
    [
      'golden vector (a): 98.95 % falls between two published bands',
      '99',
      [
        { severity: 'Minor', from: '98', to: '98.9' },
        { severity: 'Serious', from: '97', to: '97.9' },
        { severity: 'Severe', to: '96.9' },
      ],
    ],
    [
      'golden vector (b): [99.89, 99.90) has no band',
      '99.9',
      [
        { severity: 'Minor', from: '99.85', to: '99.89' },
        { severity: 'Serious', from: '99.80', to: '99.85' },
        { severity: 'Severe', to: '99.80' },
      ],
    ],
    ['there is none', '99.9', []],
    ['the lowest has a lower end', '99.9', [{ severity: 'Minor', from: '0', to: '99.9' }]],
    [
      'two overlap',
      '99.9',
      [
        { severity: 'Minor', from: '90', to: '99.9' },
        { severity: 'Severe', to: '95' },
      ],
    ],
    [
      'one is empty',
      '99.9',
      [
        { severity: 'Minor', from: '99.9', to: '99.9' },
        { severity: 'Severe', to: '99.9' },
      ],
    ],
    ['the highest has no end', '99.9', [{ severity: 'Minor' }]],
  ];
  it.each(sets)('refused when %s', (_title, target, severityBands) =>
    refused({ target, minimumLevel: '95', perScopeFloor: undefined, severityBands }, rule, '/severityBands'),
  );
  it(agreementRules.aSeverityHasOneBand.sentence, () =>
    refused(
      {
        severityBands: [
          { severity: 'Minor', to: '95' },
          { severity: 'Minor', from: '95', to: '99.9' },
        ],
      },
      agreementRules.aSeverityHasOneBand,
      '/severityBands',
    ),
  );
});

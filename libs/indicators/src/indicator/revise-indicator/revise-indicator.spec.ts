import { specFor } from '@app/testing';
import { completedOnly, onTime, onTimeDefined, onTimeRetired, onTimeRevised } from '../indicator.examples.js';
import { indicatorRules } from '../indicator.rules.js';
import { cardFor, indicator, type Defined } from '../indicator.state.js';
import { ReviseIndicator, reviseIndicator } from './revise-indicator.js';

const { given } = specFor(indicator, ReviseIndicator, reviseIndicator);
const revision = {
  card: completedOnly,
  reason: 'The council asked for closed cases only',
  effectiveFromPeriod: '2011-08',
  breaksSeries: true,
};
const facts = ['2011-06', '2011-07'];

describe('revise an indicator', () => {
  it('gets the next version, with what changed and why', () =>
    given(onTimeDefined).when(revision, { facts }).then(onTimeRevised));
  it('sent twice, nothing happens', () =>
    given(onTimeDefined, onTimeRevised)
      .when(revision, { facts: ['2011-08'] })
      .then());
  it('can go back to the first card, from a later period', () =>
    given(onTimeDefined, onTimeRevised)
      .when({ ...revision, card: onTime, effectiveFromPeriod: '2011-10' }, { facts })
      .then({
        type: 'IndicatorRevised',
        data: { ...onTimeRevised.data, version: 3, card: onTime, effectiveFromPeriod: '2011-10' } as never,
      }));
  it(indicatorRules.anIndicatorIsDefinedFirst.sentence, () =>
    given().when(revision, { facts }).refused(indicatorRules.anIndicatorIsDefinedFirst),
  );
  it(indicatorRules.aRevisionHasAReason.sentence, () =>
    given(onTimeDefined)
      .when({ ...revision, reason: ' ' }, { facts })
      .refused(indicatorRules.aRevisionHasAReason, '/reason'),
  );
  it.each([
    ['kind', { ...completedOnly, kind: 'ratio' as const }],
    ['reportingCycle', { ...completedOnly, reportingCycle: 'quarter' as const }],
    ['timeZone', { ...completedOnly, timeZone: 'America/Chicago' }],
    ['readsFrom', { ...completedOnly, readsFrom: 'other' }],
  ])(`${indicatorRules.aRevisionKeepsKindAndPeriods.sentence} (%s)`, (field, card) =>
    given(onTimeDefined)
      .when({ ...revision, card }, { facts })
      .refused(indicatorRules.aRevisionKeepsKindAndPeriods, `/card/${field}`),
  );
  it('to a card that contradicts itself is refused', () =>
    given(onTimeDefined)
      .when({ ...revision, card: { ...completedOnly, disaggregations: [] } }, { facts })
      .refused(indicatorRules.aDistrictDimensionIsDeclared));
  it(indicatorRules.aRevisionStartsWithAPeriod.sentence, () =>
    given(onTimeDefined)
      .when({ ...revision, effectiveFromPeriod: '2011-Q3' }, { facts })
      .refused(indicatorRules.aRevisionStartsWithAPeriod, '/effectiveFromPeriod'),
  );
  it.each(['2011-08', '2011-12'])(`${indicatorRules.aRevisionLeavesClosedPeriodsAlone.sentence} (%s)`, (closed) =>
    given(onTimeDefined)
      .when(revision, { facts: [...facts, closed] })
      .refused(indicatorRules.aRevisionLeavesClosedPeriodsAlone, '/effectiveFromPeriod'),
  );
  it(indicatorRules.aRetiredIndicatorStaysAsItIs.sentence, () =>
    given(onTimeDefined, onTimeRetired).when(revision, { facts }).refused(indicatorRules.aRetiredIndicatorStaysAsItIs),
  );
});

describe('the card in force', () => {
  const versions = (...periods: readonly string[]) => {
    const state = [onTimeDefined, onTimeRevised].reduce(indicator.evolve, indicator.initial) as Defined;
    return periods.map((period) => cardFor(state, period).version);
  };
  it('is the newest that holds from the period or from one before it', () =>
    expect(versions('2010-12', '2011-07', '2011-08', '2012-01')).toEqual([1, 1, 2, 2]));
  it('for a longer period is the one of its first day', () =>
    expect(versions('2011', '2011-Q3', '2011-Q4')).toEqual([1, 1, 2]));
});

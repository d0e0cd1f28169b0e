import { specFor } from '@app/testing';
import { currentRecorded, desiredSet, diagnosing } from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { SetDesiredStandard, setDesiredStandard } from './set-desired-standard.js';

const { given } = specFor(plan, SetDesiredStandard, setDesiredStandard);
const three = { standardId: 'leak-repair', year: 'FY2027-28', value: '3' };
const toldRecorded: PlanEvent = {
  type: 'CurrentStandardRecorded',
  data: {
    standardId: 'name-tags',
    serviceId: 'water-supply',
    dimension: 'courtesy',
    title: 'Staff can be addressed by name',
    scope: {},
    current: { kind: 'described', text: 'Half of the staff wear name tags.' },
    by: 'p-clerk',
  },
};
const all = { standardId: 'name-tags', year: '2027', text: 'Everybody wears a name tag.' };

describe('set a desired standard', () => {
  it('is desired for a year', () =>
    given(...diagnosing, currentRecorded)
      .when(three)
      .then(desiredSet));
  it('may be desired in words', () =>
    given(...diagnosing, toldRecorded)
      .when(all)
      .then({
        type: 'DesiredStandardSet',
        data: {
          standardId: 'name-tags',
          year: '2027',
          desired: { kind: 'described', text: 'Everybody wears a name tag.' },
          by: 'p-clerk',
        },
      }));
  it('may be set anew; years stand in order', () => {
    const desired = (year: string, value: string): PlanEvent => ({
      type: 'DesiredStandardSet',
      data: { standardId: 'leak-repair', year, desired: { kind: 'value', value }, by: 'p-clerk' },
    });
    given(...diagnosing, currentRecorded, desiredSet)
      .when({ ...three, value: '4' })
      .then(desired('FY2027-28', '4'));
    const history = [...diagnosing, currentRecorded, desiredSet, desired('FY2026-27', '6'), desired('FY2027-28', '4')];
    expect(history.reduce(plan.evolve, plan.initial)).toMatchObject({
      standards: [
        {
          desired: [
            { year: 'FY2026-27', desired: { value: '6' } },
            { year: 'FY2027-28', desired: { value: '4' } },
          ],
        },
      ],
    });
  });
  it('sent twice, nothing happens', () =>
    given(...diagnosing, currentRecorded, desiredSet)
      .when(three)
      .then());
  it(planRules.aStandardExistsBeforeItIsDesired.sentence, () =>
    given(...diagnosing)
      .when(three)
      .refused(planRules.aStandardExistsBeforeItIsDesired, '/standard'),
  );
  it.each(['FY2025-26', 'FY2029-30', '2025', '2030', '2027-Q1', 'soon'])(
    `${planRules.aStandardIsDesiredForAYearOfThePlan.sentence} Not %s.`,
    (year) =>
      given(...diagnosing, currentRecorded)
        .when({ ...three, year })
        .refused(planRules.aStandardIsDesiredForAYearOfThePlan, '/year'),
  );
  it(planRules.aStandardIsDesiredInItsOwnTerms.sentence, () => {
    const refused = (data: SetDesiredStandard['data'], pointer: string) =>
      given(...diagnosing, currentRecorded, toldRecorded)
        .when(data)
        .refused(planRules.aStandardIsDesiredInItsOwnTerms, pointer);
    refused({ standardId: 'leak-repair', year: '2027', text: 'Fast' }, '/value');
    refused({ ...three, value: '3.' }, '/value');
    refused({ ...three, text: 'Fast' }, '/value');
    refused({ standardId: 'name-tags', year: '2027', value: '1' }, '/text');
    refused({ ...all, text: ' ' }, '/text');
  });
});

import { specFor } from '@app/testing';
import fc from 'fast-check';
import { gapSize } from '../gap-size.js';
import {
  currentRecorded,
  desiredSet,
  diagnosed,
  diagnosing,
  gapIdentified,
  leakStandard,
  measured,
} from '../plan.examples.js';
import type { PlanEvent } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import { plan } from '../plan.state.js';
import { IdentifyGap, identifyGap } from './identify-gap.js';

const { given } = specFor(plan, IdentifyGap, identifyGap);
const populations = new Map([
  [
    'water-supply',
    new Map([
      ['informal-settlement', 12_000],
      ['formal', 40_000],
    ]),
  ],
]);
const facts = { facts: { populations } };
const langa = {
  gapId: 'leaks-in-langa',
  standardId: 'leak-repair',
  year: 'FY2027-28',
  groupIds: ['informal-settlement'],
};
const standing = (value: string): PlanEvent => ({
  type: 'CurrentStandardRecorded',
  data: { ...leakStandard, current: { ...measured, value }, by: 'p-clerk' },
});

describe('identify a gap', () => {
  it('is computed from the standards and the newest populations', () =>
    given(...diagnosing, currentRecorded, desiredSet)
      .when(langa, facts)
      .then(gapIdentified));
  it('counts the people of all groups that it affects', () =>
    given(...diagnosing, currentRecorded, desiredSet)
      .when({ ...langa, groupIds: ['informal-settlement', 'formal'] }, facts)
      .then({
        type: 'GapIdentified',
        data: {
          ...gapIdentified.data,
          affectedGroups: [
            { groupId: 'informal-settlement', population: 12_000 },
            { groupId: 'formal', population: 40_000 },
          ],
          peopleAffected: 52_000,
        },
      }));
  it('is computed again when the standard has changed', () =>
    given(...diagnosed, standing('6'))
      .when(langa, facts)
      .then({
        type: 'GapIdentified',
        data: { ...gapIdentified.data, current: '6', size: '3', relative: '1' },
      }));
  it('sent twice, nothing happens', () =>
    given(...diagnosed)
      .when(langa, facts)
      .then());
  it(planRules.aGapKeepsItsStandard.sentence, () =>
    given(...diagnosed)
      .when({ ...langa, year: 'FY2026-27' }, facts)
      .refused(planRules.aGapKeepsItsStandard, '/id'),
  );
  it(planRules.aStandardExistsBeforeItIsDesired.sentence, () =>
    given(...diagnosing)
      .when(langa, facts)
      .refused(planRules.aStandardExistsBeforeItIsDesired, '/standard'),
  );
  it(planRules.aGapComparesNumbers.sentence, () => {
    given(...diagnosing, currentRecorded)
      .when(langa, facts)
      .refused(planRules.aGapComparesNumbers, '/year');
    const unknown: PlanEvent = {
      type: 'CurrentStandardRecorded',
      data: { ...leakStandard, current: { kind: 'no-data', reason: 'None kept.' }, by: 'p-clerk' },
    };
    given(...diagnosing, unknown, desiredSet)
      .when(langa, facts)
      .refused(planRules.aGapComparesNumbers, '/standard');
  });
  it.each(['3', '2.9'])(`${planRules.aGapIsAShortfall.sentence} Not at %s.`, (value) =>
    given(...diagnosing, standing(value), desiredSet)
      .when(langa, facts)
      .refused(planRules.aGapIsAShortfall, '/standard'),
  );
  it.each([[[]], [['businesses']], [['formal', 'formal']]])(
    `${planRules.aGapAffectsGroupsOfTheService.sentence} Not %j.`,
    (groupIds) =>
      given(...diagnosing, currentRecorded, desiredSet)
        .when({ ...langa, groupIds }, facts)
        .refused(planRules.aGapAffectsGroupsOfTheService, '/groups'),
  );
});

describe('the size of a gap', () => {
  const thousandths = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const text = (value: number): string => {
    const digits = String(Math.abs(value)).padStart(4, '0');
    return `${value < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
  };
  const inThousandths = (decimal: string): number => Math.round(Number(decimal) * 1000);

  it('is what is missing in the direction of improvement, to the last digit', () =>
    fc.assert(
      fc.property(thousandths, thousandths, (current, desired) => {
        const size = (direction: 'higher-is-better' | 'lower-is-better') =>
          inThousandths(gapSize(text(current), text(desired), direction).size);
        expect(size('higher-is-better')).toBe(desired - current + 0);
        expect(size('lower-is-better')).toBe(current - desired + 0);
      }),
    ));
  it('is by the desired level, half up at 20 places, as whole numbers count it', () =>
    fc.assert(
      fc.property(thousandths, thousandths, (current, desired) => {
        const { relative } = gapSize(text(current), text(desired), 'higher-is-better');
        if (desired === 0) return expect(relative).toBeUndefined();
        const [part, whole] = [BigInt(desired - current), BigInt(Math.abs(desired))];
        const scaled = (part < 0n ? -part : part) * 10n ** 20n * 2n + whole;
        const digits = (scaled / (2n * whole)).toString().padStart(21, '0');
        const shown = `${digits.slice(0, -20)}.${digits.slice(-20)}`.replace(/\.?0+$/, '');
        expect(relative).toBe(part < 0n && shown !== '0' ? `-${shown}` : shown);
      }),
    ));
  it('has no minus before zero', () =>
    expect(gapSize('3', '3', 'lower-is-better')).toEqual({ size: '0', relative: '0' }));
});

import { cutOff, evaluated, measured, onTime, opened } from '../compliance-period.examples.js';
import { compliancePeriod, hasFigures } from '../compliance-period.state.js';
import { verify } from './verify-period.js';

const recorded = [opened, cutOff, evaluated('96.5')].reduce(compliancePeriod.evolve, compliancePeriod.initial);
const verifiedWith = (value: string) => {
  if (!hasFigures(recorded)) throw new Error('The example has no figures.');
  return verify(recorded, { objectives: [onTime], measures: [measured(value)] });
};

describe('verify a compliance period', () => {
  it('matches when the readings give the recorded figures again', () =>
    expect(verifiedWith('96.5')).toMatchObject({ status: 'provisional', matches: true, sameEngine: true }));
  it('leaves out a neighbour that became final after the evaluation', () => {
    if (!hasFigures(recorded)) throw new Error('The example has no figures.');
    const previous = {
      pin: { period: '2011-06', resultHash: 'b'.repeat(64) },
      missed: [{ objectiveId: 'on-time', scope: 'all', repeatCount: 0 }],
    };
    expect(verify(recorded, { objectives: [onTime], measures: [measured('96.5')], previous }).matches).toBe(true);
  });
  it('does not match when one digit of a figure differs', () => {
    const { matches, recorded: was, recomputed } = verifiedWith('96.50001');
    expect(matches).toBe(false);
    expect(recomputed.inputHash).toBe(was.inputHash);
    expect(recomputed.resultHash).not.toBe(was.resultHash);
  });
});

import { evaluationOf } from '../../compliance-period/compliance-period.examples.js';
import { compliancePeriod } from '../../compliance-period/compliance-period.state.js';
import { specFor } from '@app/testing';
import {
  confirmed,
  detected,
  finalAt,
  minor,
  onTimeInJuly,
  provisionalAt,
  severe,
  threePoints,
} from '../breach.examples.js';
import { breachRules } from '../breach.rules.js';
import { breach, breachId } from '../breach.state.js';
import { AssessBreach, assessBreach } from './assess-breach.js';

const { given } = specFor(breach, AssessBreach, assessBreach);
const after = (facts: ReturnType<typeof provisionalAt>) => ({ facts });
const withdrawn = { type: 'BreachWithdrawn' as const, data: { resultHash: evaluationOf('99').resultHash } };

describe('assess a breach', () => {
  it('is detected when the evaluation misses the objective', () =>
    given()
      .when(onTimeInJuly, after(provisionalAt('96.5')))
      .then(detected(severe)));
  it('is not detected when the evaluation meets it', () =>
    given()
      .when(onTimeInJuly, after(provisionalAt('99')))
      .then());
  it('sent twice, nothing happens', () => {
    given(detected(severe))
      .when(onTimeInJuly, after(provisionalAt('96.5')))
      .then();
    given(detected(severe))
      .when(onTimeInJuly, after(finalAt('96.5')))
      .then();
    given(detected(severe), withdrawn)
      .when(onTimeInJuly, after(provisionalAt('99')))
      .then();
  });
  it('is reassessed when a later evaluation has another figure', () =>
    given(detected(severe))
      .when(onTimeInJuly, after(provisionalAt('98.5')))
      .then({ type: 'BreachReassessed', data: minor }));
  it('is withdrawn when a later evaluation meets the objective', () =>
    given(detected(severe))
      .when(onTimeInJuly, after(provisionalAt('99')))
      .then(withdrawn));
  it('comes back after a withdrawal as the same breach', () =>
    given(detected(severe), withdrawn)
      .when(onTimeInJuly, after(provisionalAt('98.5')))
      .then({ type: 'BreachReassessed', data: minor }));
  it(breachRules.aBreachComesFromAnEvaluation.sentence, () =>
    given().when(onTimeInJuly, after(compliancePeriod.initial)).refused(breachRules.aBreachComesFromAnEvaluation),
  );
  it(breachRules.aConfirmedBreachStands.sentence, () =>
    given(detected(severe), confirmed, threePoints)
      .when(onTimeInJuly, after(provisionalAt('98.5')))
      .refused(breachRules.aConfirmedBreachStands),
  );
  it('has an id made of agreement, objective, scope and period', () =>
    expect(breachId('a', 'o', 'neighborhood=Allston / Brighton', '2011-07')).toBe(
      'a/o/neighborhood%3DAllston%20%2F%20Brighton/2011-07',
    ));
});

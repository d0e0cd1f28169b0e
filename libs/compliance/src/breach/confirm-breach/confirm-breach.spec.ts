import { exampleMetadata, specFor } from '@app/testing';
import {
  confirmed,
  detected,
  finalAt,
  minor,
  onTimeInJuly,
  points,
  provisionalAt,
  severe,
  threePoints,
} from '../breach.examples.js';
import type { Figure } from '../breach.events.js';
import { breachRules } from '../breach.rules.js';
import { breach } from '../breach.state.js';
import { ConfirmBreach, confirmBreach } from './confirm-breach.js';

const { given } = specFor(breach, ConfirmBreach, confirmBreach);
const facts = (period: ReturnType<typeof finalAt>, consequence = points) => ({ facts: { period, consequence } });
const pointsFor = (figure: Figure, value: string, consequence = points): unknown =>
  confirmBreach(
    new ConfirmBreach('boston', 'id', onTimeInJuly, exampleMetadata),
    { status: 'detected', detection: { ...onTimeInJuly, agreementVersion: 1, ...figure } },
    facts(finalAt(value), consequence).facts,
  )[1]!.data;

describe('confirm a breach', () => {
  it('is confirmed and its consequence applied in one step', () =>
    given(detected(severe))
      .when(onTimeInJuly, facts(finalAt('96.5')))
      .then(confirmed, threePoints));
  it('sent twice, nothing happens', () =>
    given(detected(severe), confirmed, threePoints)
      .when(onTimeInJuly, facts(finalAt('96.5')))
      .then());
  it('golden vector (a): 96.5 gives 3 points, then 98.5 gives 2, then 96.5 gives 6', () => {
    expect(pointsFor(severe, '96.5')).toMatchObject({ points: '3' });
    expect(pointsFor({ ...minor, repeatCount: 1 }, '98.5')).toMatchObject({ points: '2' });
    expect(pointsFor({ ...severe, repeatCount: 2 }, '96.5')).toMatchObject({ points: '6' });
  });
  it('never gives more points than the cap', () =>
    expect(pointsFor({ ...severe, repeatCount: 1 }, '96.5', { ...points, cap: '5' })).toEqual({
      kind: 'ServicePoints',
      points: '5',
      calculation: { severity: 'Severe', severityPoints: '3', multiplier: '2', cap: '5' },
    }));
  it(breachRules.aBreachIsDetectedBeforeItIsConfirmed.sentence, () =>
    given()
      .when(onTimeInJuly, facts(finalAt('96.5')))
      .refused(breachRules.aBreachIsDetectedBeforeItIsConfirmed),
  );
  it(breachRules.aBreachIsConfirmedFromFinalFigures.sentence, () => {
    given(detected(severe))
      .when(onTimeInJuly, facts(provisionalAt('96.5')))
      .refused(breachRules.aBreachIsConfirmedFromFinalFigures);
    given(detected(severe))
      .when(onTimeInJuly, facts(finalAt('98.5')))
      .refused(breachRules.aBreachIsConfirmedFromFinalFigures);
  });
});

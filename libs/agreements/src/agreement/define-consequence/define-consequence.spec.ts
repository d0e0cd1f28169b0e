import { specFor } from '@app/testing';
import { active, awaiting, drafted, onTimeAdded, points, pointsDefined, voided } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { DefineConsequence, defineConsequence } from './define-consequence.js';

const { given } = specFor(agreement, DefineConsequence, defineConsequence);

describe('define a consequence', () => {
  it('gives points for each severity', () => given(drafted, onTimeAdded).when(points).then(pointsDefined));
  it('sent twice, nothing happens', () => given(drafted, onTimeAdded, pointsDefined).when(points).then());
  it('defined anew, takes the place of the former', () => {
    const again = { ...points, repeatMultiplier: '3' };
    const state = [drafted, onTimeAdded, pointsDefined, defined(again)].reduce(agreement.evolve, agreement.initial);
    given(drafted, onTimeAdded, pointsDefined).when(again).then(defined(again));
    expect(state).toMatchObject({ terms: { consequences: [{ repeatMultiplier: '3' }] } });
  });
  it('voids what was submitted', () => {
    const again = { ...points, cap: '9' };
    given(...awaiting)
      .when(again)
      .then(voided(), defined(again));
  });
  it(agreementRules.aConsequenceBelongsToAnObjective.sentence, () =>
    given(drafted).when(points).refused(agreementRules.aConsequenceBelongsToAnObjective, '/objectiveId'),
  );
  it(agreementRules.aConsequenceGivesPointsForEverySeverity.sentence, () => {
    const rule = agreementRules.aConsequenceGivesPointsForEverySeverity;
    given(drafted, onTimeAdded)
      .when({ ...points, points: points.points.slice(1) })
      .refused(rule, '/points');
    given(drafted, onTimeAdded)
      .when({ ...points, points: points.points.map((one) => ({ ...one, points: '-1' })) })
      .refused(rule, '/points');
  });
  it(agreementRules.objectiveNumbersAreDecimals.sentence, () =>
    given(drafted, onTimeAdded)
      .when({ ...points, cap: 'five' })
      .refused(agreementRules.objectiveNumbersAreDecimals),
  );
  it(agreementRules.aRepeatMultiplierIsAtLeastOne.sentence, () =>
    given(drafted, onTimeAdded)
      .when({ ...points, repeatMultiplier: '0.5' })
      .refused(agreementRules.aRepeatMultiplierIsAtLeastOne, '/repeatMultiplier'),
  );
  it(agreementRules.aCapIsAboveZero.sentence, () =>
    given(drafted, onTimeAdded)
      .when({ ...points, cap: '0' })
      .refused(agreementRules.aCapIsAboveZero, '/cap'),
  );
  it(agreementRules.anAgreementInForceIsNotEdited.sentence, () =>
    given(...active)
      .when(points)
      .refused(agreementRules.anAgreementInForceIsNotEdited),
  );
});

const defined = (data: typeof points) => ({
  type: 'ConsequenceDefined' as const,
  data: { kind: 'ServicePoints' as const, ...data },
});

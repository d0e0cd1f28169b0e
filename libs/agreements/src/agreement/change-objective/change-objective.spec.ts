import { specFor } from '@app/testing';
import { active, complete, drafted, onTime, onTimeCard, signedByAll, voided } from '../agreement.examples.js';
import { agreementRules } from '../agreement.rules.js';
import { agreement } from '../agreement.state.js';
import { ChangeObjective, changeObjective } from './change-objective.js';

const { given } = specFor(agreement, ChangeObjective, changeObjective);
const facts = { facts: onTimeCard };
const easier = { ...onTime, minimumLevel: '99.7' };
const changed = { type: 'ObjectiveChanged' as const, data: easier };

describe('change an objective', () => {
  it('stands changed', () =>
    given(...complete)
      .when(easier, facts)
      .then(changed));
  it('sent twice, nothing happens', () =>
    given(...complete, changed)
      .when(easier, facts)
      .then());
  it('voids the signatures of everybody who signed', () =>
    given(...signedByAll)
      .when(easier, facts)
      .then(voided('public-works', 'residents'), changed));
  it(agreementRules.anObjectiveExistsBeforeItIsChanged.sentence, () =>
    given(drafted).when(easier, facts).refused(agreementRules.anObjectiveExistsBeforeItIsChanged, '/objectiveId'),
  );
  it(agreementRules.theMinimumAsksNoMoreThanTheTarget.sentence, () =>
    given(...complete)
      .when({ ...onTime, minimumLevel: '99.95' }, facts)
      .refused(agreementRules.theMinimumAsksNoMoreThanTheTarget),
  );
  it(agreementRules.anAgreementInForceIsNotEdited.sentence, () =>
    given(...active)
      .when(easier, facts)
      .refused(agreementRules.anAgreementInForceIsNotEdited),
  );
});

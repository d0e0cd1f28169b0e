import { specFor } from '@app/testing';
import { onTimeDefined, onTimeRetired, owner, ownerAssigned } from '../indicator.examples.js';
import { indicatorRules } from '../indicator.rules.js';
import { indicator } from '../indicator.state.js';
import { AssignOwner, assignOwner } from './assign-owner.js';

const { given } = specFor(indicator, AssignOwner, assignOwner);

describe('assign the owner of an indicator', () => {
  it('names a person from a day on', () => given(onTimeDefined).when(owner).then(ownerAssigned));
  it('sent twice, nothing happens', () => given(onTimeDefined, ownerAssigned).when(owner).then());
  it('names another person after that', () => {
    const next = { person: `p-${'2'.repeat(40)}`, from: '2011-09-01' };
    given(onTimeDefined, ownerAssigned).when(next).then({ type: 'IndicatorOwnerAssigned', data: next });
  });
  it(indicatorRules.anIndicatorIsDefinedFirst.sentence, () =>
    given().when(owner).refused(indicatorRules.anIndicatorIsDefinedFirst),
  );
  it(indicatorRules.anOwnerIsNamedByDigest.sentence, () =>
    given(onTimeDefined)
      .when({ ...owner, person: 'Jane Roe' })
      .refused(indicatorRules.anOwnerIsNamedByDigest, '/person'),
  );
  it(indicatorRules.aRetiredIndicatorStaysAsItIs.sentence, () =>
    given(onTimeDefined, onTimeRetired).when(owner).refused(indicatorRules.aRetiredIndicatorStaysAsItIs),
  );
});

import { specFor } from '@app/testing';
import { cancelled, initiativeStarted, otherOwner, ownerChanged } from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { ChangeInitiativeOwner, changeInitiativeOwner } from './change-initiative-owner.js';

const { given } = specFor(initiative, ChangeInitiativeOwner, changeInitiativeOwner);
const change = { owner: otherOwner, reason: 'The first one left.' };

describe('change the owner of an initiative', () => {
  it('is changed for a reason', () => given(initiativeStarted).when(change).then(ownerChanged));
  it('sent twice, nothing happens', () => given(initiativeStarted, ownerChanged).when(change).then());
  it(initiativeRules.anInitiativeIsStartedFirst.sentence, () =>
    given().when(change).refused(initiativeRules.anInitiativeIsStartedFirst),
  );
  it(initiativeRules.anEndedInitiativeIsNotChanged.sentence, () =>
    given(initiativeStarted, cancelled).when(change).refused(initiativeRules.anEndedInitiativeIsNotChanged),
  );
  it(initiativeRules.aChangeOfOwnerHasAReason.sentence, () =>
    given(initiativeStarted)
      .when({ ...change, reason: ' ' })
      .refused(initiativeRules.aChangeOfOwnerHasAReason, '/reason'),
  );
});

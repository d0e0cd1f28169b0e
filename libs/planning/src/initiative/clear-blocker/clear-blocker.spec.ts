import { exampleMetadata, specFor } from '@app/testing';
import { blockerCleared, blockerRaised, initiativeStarted, otherOwner, today } from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { ClearBlocker, clearBlocker } from './clear-blocker.js';

const { given } = specFor(initiative, ClearBlocker, clearBlocker);
const facts = { facts: today };
const clear = { blockerId: 'no-van', how: 'One was rented.' };

describe('clear a blocker', () => {
  it('is cleared, and it is said how', () =>
    given(initiativeStarted, blockerRaised).when(clear, facts).then(blockerCleared));
  it('sent twice, nothing happens', () =>
    given(initiativeStarted, blockerRaised, blockerCleared).when(clear, facts).then());
  it(initiativeRules.aBlockerIsRaisedFirst.sentence, () =>
    given(initiativeStarted).when(clear, facts).refused(initiativeRules.aBlockerIsRaisedFirst),
  );
  it(initiativeRules.aBlockerIsClearedOnce.sentence, () =>
    given(initiativeStarted, blockerRaised, blockerCleared)
      .when({ ...clear, how: 'One was bought.' }, facts)
      .refused(initiativeRules.aBlockerIsClearedOnce),
  );
  it(initiativeRules.aBlockerIsClearedSomehow.sentence, () =>
    given(initiativeStarted, blockerRaised)
      .when({ ...clear, how: ' ' }, facts)
      .refused(initiativeRules.aBlockerIsClearedSomehow, '/how'),
  );
  it(initiativeRules.theOwnerReports.sentence, () =>
    given(initiativeStarted, blockerRaised)
      .when(clear, { ...facts, actor: { ...exampleMetadata.actor, person: otherOwner } })
      .refused(initiativeRules.theOwnerReports),
  );
});

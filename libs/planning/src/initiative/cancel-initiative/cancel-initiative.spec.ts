import { specFor } from '@app/testing';
import { cancelled, completed, initiativeStarted, today } from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { CancelInitiative, cancelInitiative } from './cancel-initiative.js';

const { given } = specFor(initiative, CancelInitiative, cancelInitiative);
const facts = { facts: today };
const cancel = { reason: 'The council withdrew the money.' };

describe('cancel an initiative', () => {
  it('is cancelled for a reason', () => given(initiativeStarted).when(cancel, facts).then(cancelled));
  it('sent twice, nothing happens', () => given(initiativeStarted, cancelled).when(cancel, facts).then());
  it(initiativeRules.anInitiativeIsStartedFirst.sentence, () =>
    given().when(cancel, facts).refused(initiativeRules.anInitiativeIsStartedFirst),
  );
  it(initiativeRules.anEndedInitiativeIsNotChanged.sentence, () => {
    given(initiativeStarted, completed).when(cancel, facts).refused(initiativeRules.anEndedInitiativeIsNotChanged);
    given(initiativeStarted, cancelled)
      .when({ reason: 'Other' }, facts)
      .refused(initiativeRules.anEndedInitiativeIsNotChanged);
  });
  it(initiativeRules.aCancellationHasAReason.sentence, () =>
    given(initiativeStarted).when({ reason: ' ' }, facts).refused(initiativeRules.aCancellationHasAReason, '/reason'),
  );
});

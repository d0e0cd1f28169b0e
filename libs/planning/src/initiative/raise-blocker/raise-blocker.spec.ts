import { exampleMetadata, specFor } from '@app/testing';
import { blockerCleared, blockerRaised, initiativeStarted, noVan, otherOwner, today } from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { RaiseBlocker, raiseBlocker } from './raise-blocker.js';

const { given } = specFor(initiative, RaiseBlocker, raiseBlocker);
const facts = { facts: today };

describe('raise a blocker', () => {
  it('is raised with its severity', () => given(initiativeStarted).when(noVan, facts).then(blockerRaised));
  it('sent twice, nothing happens', () => given(initiativeStarted, blockerRaised).when(noVan, facts).then());
  it(initiativeRules.aBlockerIsRaisedOnce.sentence, () => {
    given(initiativeStarted, blockerRaised)
      .when({ ...noVan, severity: 'low' }, facts)
      .refused(initiativeRules.aBlockerIsRaisedOnce, '/blockerId');
    given(initiativeStarted, blockerRaised, blockerCleared)
      .when(noVan, facts)
      .refused(initiativeRules.aBlockerIsRaisedOnce, '/blockerId');
  });
  it(initiativeRules.theOwnerReports.sentence, () =>
    given(initiativeStarted)
      .when(noVan, { ...facts, actor: { ...exampleMetadata.actor, person: otherOwner } })
      .refused(initiativeRules.theOwnerReports),
  );
});

import { exampleMetadata, specFor } from '@app/testing';
import { plan } from '../plan.state.js';
import { callCentreSelected, ownerNamed, planSubmitted, ranked, solutionOwner } from '../solution.examples.js';
import { solutionRules } from '../solution.rules.js';
import { NameSolutionOwner, nameSolutionOwner } from './name-solution-owner.js';

const { given } = specFor(plan, NameSolutionOwner, nameSolutionOwner);
const name = { solutionId: 'call-centre', owner: solutionOwner };

describe('name the owner of a solution', () => {
  it('is named', () =>
    given(...ranked, callCentreSelected)
      .when(name)
      .then(ownerNamed));
  it('another one is named in his place', () =>
    given(...ranked, callCentreSelected, ownerNamed)
      .when({ ...name, owner: 'p-other' })
      .then({
        type: 'SolutionOwnerNamed',
        data: { ...name, owner: 'p-other', by: exampleMetadata.actor.person },
      }));
  it('sent twice, nothing happens', () =>
    given(...ranked, callCentreSelected, ownerNamed)
      .when(name)
      .then());
  it(solutionRules.onlyASelectedSolutionHasAnOwner.sentence, () =>
    given(...ranked)
      .when(name)
      .refused(solutionRules.onlyASelectedSolutionHasAnOwner),
  );
  it(solutionRules.theTeamPrioritises.sentence, () =>
    given(...ranked, callCentreSelected)
      .when(name, { actor: { ...exampleMetadata.actor, person: solutionOwner } })
      .refused(solutionRules.theTeamPrioritises),
  );
  it(solutionRules.prioritiesAreSetAfterGoals.sentence, () =>
    given(...ranked, callCentreSelected, planSubmitted)
      .when(name)
      .refused(solutionRules.prioritiesAreSetAfterGoals),
  );
});

import { exampleMetadata, specFor } from '@app/testing';
import { plan } from '../plan.state.js';
import {
  callCentreSelected,
  chatLineRejected,
  goalsSet,
  ownerNamed,
  planReturned,
  planSubmitted,
  ranked,
  scored,
  solutionOwner,
} from '../solution.examples.js';
import { solutionRules } from '../solution.rules.js';
import { SelectSolution, selectSolution } from './select-solution.js';

const { given } = specFor(plan, SelectSolution, selectSolution);
const reason = 'Best score, and it can begin at once.';
const select = { solutionId: 'call-centre', reason };

describe('select a solution', () => {
  it('is selected for a reason', () =>
    given(...ranked)
      .when(select)
      .then(callCentreSelected));
  it('is selected with its owner', () =>
    given(...ranked)
      .when({ ...select, owner: solutionOwner })
      .then({
        type: 'SolutionSelected',
        data: { ...select, owner: solutionOwner, by: exampleMetadata.actor.person },
      }));
  it('sent twice, nothing happens', () => {
    given(...ranked, callCentreSelected)
      .when(select)
      .then();
    given(...ranked, callCentreSelected, ownerNamed)
      .when({ ...select, owner: solutionOwner })
      .then();
  });
  it(solutionRules.aDecisionHasAReason.sentence, () =>
    given(...ranked)
      .when({ ...select, reason: ' ' })
      .refused(solutionRules.aDecisionHasAReason, '/reason'),
  );
  it(solutionRules.onlyARankedSolutionIsSelected.sentence, () => {
    given(...scored)
      .when(select)
      .refused(solutionRules.onlyARankedSolutionIsSelected);
    given(...ranked, planSubmitted, planReturned, goalsSet)
      .when(select)
      .refused(solutionRules.onlyARankedSolutionIsSelected);
  });
  it(solutionRules.aRejectedSolutionIsOutOfTheRace.sentence, () =>
    given(...ranked, chatLineRejected)
      .when({ ...select, solutionId: 'chat-line' })
      .refused(solutionRules.aRejectedSolutionIsOutOfTheRace),
  );
  it(solutionRules.aSolutionIsSelectedOnce.sentence, () => {
    given(...ranked, callCentreSelected)
      .when({ ...select, reason: 'Cheap' })
      .refused(solutionRules.aSolutionIsSelectedOnce);
    given(...ranked, callCentreSelected)
      .when({ ...select, owner: solutionOwner })
      .refused(solutionRules.aSolutionIsSelectedOnce);
  });
  it(solutionRules.theTeamPrioritises.sentence, () =>
    given(...ranked)
      .when(select, { actor: { ...exampleMetadata.actor, person: 'p-verifier' } })
      .refused(solutionRules.theTeamPrioritises),
  );
});

import { exampleMetadata, specFor } from '@app/testing';
import { plan } from '../plan.state.js';
import { callCentreSelected, chatLineRejected, ranked, scored } from '../solution.examples.js';
import { solutionRules } from '../solution.rules.js';
import { RejectSolution, rejectSolution } from './reject-solution.js';

const { given } = specFor(plan, RejectSolution, rejectSolution);
const reject = { solutionId: 'chat-line', reason: 'Few people write.' };

describe('reject a solution', () => {
  it('is rejected for a reason', () =>
    given(...ranked)
      .when(reject)
      .then(chatLineRejected));
  it('is rejected before it is ranked, too', () =>
    given(...scored)
      .when(reject)
      .then(chatLineRejected));
  it('is rejected after it was selected', () =>
    given(...ranked, callCentreSelected)
      .when({ ...reject, solutionId: 'call-centre' })
      .then({
        type: 'SolutionRejected',
        data: { ...reject, solutionId: 'call-centre', by: exampleMetadata.actor.person },
      }));
  it('sent twice, nothing happens', () =>
    given(...ranked, chatLineRejected)
      .when(reject)
      .then());
  it(solutionRules.aDecisionHasAReason.sentence, () =>
    given(...ranked)
      .when({ ...reject, reason: '' })
      .refused(solutionRules.aDecisionHasAReason, '/reason'),
  );
  it(solutionRules.aSolutionIsRejectedOnce.sentence, () =>
    given(...ranked, chatLineRejected)
      .when({ ...reject, reason: 'Expensive' })
      .refused(solutionRules.aSolutionIsRejectedOnce),
  );
  it(solutionRules.theTeamPrioritises.sentence, () =>
    given(...ranked)
      .when(reject, { actor: { ...exampleMetadata.actor, person: 'p-stranger' } })
      .refused(solutionRules.theTeamPrioritises),
  );
});

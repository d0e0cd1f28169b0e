import { exampleMetadata, specFor } from '@app/testing';
import {
  hiringMissed,
  hiringPlanned,
  hiringReached,
  hiringRescheduled,
  initiativeStarted,
  otherOwner,
} from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { MissMilestone, missMilestone } from './miss-milestone.js';

const { given } = specFor(initiative, MissMilestone, missMilestone);
const missed = { milestoneId: 'crew-hired', reason: 'No applicants.' };
const after = { facts: { today: '2026-07-01' } };

describe('miss a milestone', () => {
  it('is missed when its day has passed', () =>
    given(initiativeStarted, hiringPlanned).when(missed, after).then(hiringMissed));
  it('sent twice, nothing happens', () =>
    given(initiativeStarted, hiringPlanned, hiringMissed).when(missed, after).then());
  it(initiativeRules.aMilestoneIsPlannedFirst.sentence, () =>
    given(initiativeStarted).when(missed, after).refused(initiativeRules.aMilestoneIsPlannedFirst),
  );
  it(initiativeRules.aReachedMilestoneStands.sentence, () =>
    given(initiativeStarted, hiringPlanned, hiringReached)
      .when(missed, after)
      .refused(initiativeRules.aReachedMilestoneStands),
  );
  it(initiativeRules.aMissedMilestoneIsCaughtUp.sentence, () =>
    given(initiativeStarted, hiringPlanned, hiringMissed)
      .when({ ...missed, reason: 'No money.' }, after)
      .refused(initiativeRules.aMissedMilestoneIsCaughtUp),
  );
  it(initiativeRules.aDelayHasAReason.sentence, () =>
    given(initiativeStarted, hiringPlanned)
      .when({ ...missed, reason: '' }, after)
      .refused(initiativeRules.aDelayHasAReason, '/reason'),
  );
  it(initiativeRules.aMilestoneIsMissedAfterItsDay.sentence, () => {
    given(initiativeStarted, hiringPlanned)
      .when(missed, { facts: { today: '2026-06-30' } })
      .refused(initiativeRules.aMilestoneIsMissedAfterItsDay);
    given(initiativeStarted, hiringPlanned, hiringRescheduled)
      .when(missed, after)
      .refused(initiativeRules.aMilestoneIsMissedAfterItsDay);
  });
  it(initiativeRules.theOwnerReports.sentence, () =>
    given(initiativeStarted, hiringPlanned)
      .when(missed, { ...after, actor: { ...exampleMetadata.actor, person: otherOwner } })
      .refused(initiativeRules.theOwnerReports),
  );
});

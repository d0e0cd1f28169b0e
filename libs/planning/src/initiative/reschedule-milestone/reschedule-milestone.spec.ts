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
import { RescheduleMilestone, rescheduleMilestone } from './reschedule-milestone.js';

const { given } = specFor(initiative, RescheduleMilestone, rescheduleMilestone);
const later = { milestoneId: 'crew-hired', dueOn: '2026-09-30', reason: 'No applicants.' };

describe('reschedule a milestone', () => {
  it('is due on another day, for a reason', () =>
    given(initiativeStarted, hiringPlanned).when(later).then(hiringRescheduled));
  it('is planned again after it was missed, even for the same day', () =>
    given(initiativeStarted, hiringPlanned, hiringRescheduled, hiringMissed)
      .when(later)
      .then({
        type: 'MilestoneRescheduled',
        data: { ...later, was: '2026-09-30', by: exampleMetadata.actor.person },
      }));
  it('sent twice, nothing happens', () =>
    given(initiativeStarted, hiringPlanned, hiringRescheduled).when(later).then());
  it(initiativeRules.aMilestoneIsPlannedFirst.sentence, () =>
    given(initiativeStarted).when(later).refused(initiativeRules.aMilestoneIsPlannedFirst),
  );
  it(initiativeRules.aReachedMilestoneStands.sentence, () =>
    given(initiativeStarted, hiringPlanned, hiringReached).when(later).refused(initiativeRules.aReachedMilestoneStands),
  );
  it(initiativeRules.aDelayHasAReason.sentence, () =>
    given(initiativeStarted, hiringPlanned)
      .when({ ...later, reason: ' ' })
      .refused(initiativeRules.aDelayHasAReason, '/reason'),
  );
  it(initiativeRules.aMilestoneLiesInThePlan.sentence, () =>
    given(initiativeStarted, hiringPlanned)
      .when({ ...later, dueOn: '2029-04-01' })
      .refused(initiativeRules.aMilestoneLiesInThePlan, '/dueOn'),
  );
  it(initiativeRules.theOwnerReports.sentence, () =>
    given(initiativeStarted, hiringPlanned)
      .when(later, { actor: { ...exampleMetadata.actor, person: otherOwner } })
      .refused(initiativeRules.theOwnerReports),
  );
});

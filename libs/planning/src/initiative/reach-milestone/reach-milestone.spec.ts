import { exampleMetadata, specFor } from '@app/testing';
import {
  contracts,
  hiringMissed,
  hiringPlanned,
  hiringReached,
  initiativeStarted,
  otherOwner,
  today,
} from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { ReachMilestone, reachMilestone } from './reach-milestone.js';

const { given } = specFor(initiative, ReachMilestone, reachMilestone);
const facts = { facts: today };
const reached = { milestoneId: 'crew-hired', on: '2026-01-05', evidence: [contracts] };

describe('reach a milestone', () => {
  it('is reached with evidence', () =>
    given(initiativeStarted, hiringPlanned).when(reached, facts).then(hiringReached));
  it('is reached late, after it was missed', () =>
    given(initiativeStarted, hiringPlanned, hiringMissed).when(reached, facts).then(hiringReached));
  it('sent twice, nothing happens', () =>
    given(initiativeStarted, hiringPlanned, hiringReached).when(reached, facts).then());
  it(initiativeRules.aMilestoneIsPlannedFirst.sentence, () =>
    given(initiativeStarted).when(reached, facts).refused(initiativeRules.aMilestoneIsPlannedFirst),
  );
  it(initiativeRules.aReachedMilestoneStands.sentence, () =>
    given(initiativeStarted, hiringPlanned, hiringReached)
      .when({ ...reached, evidence: [contracts, contracts] }, facts)
      .refused(initiativeRules.aReachedMilestoneStands),
  );
  it.each([[[]], [[{ ...contracts, title: ' ' }]], [[{ ...contracts, sha256: 'C'.repeat(64) }]]])(
    `${initiativeRules.aReachedMilestoneHasEvidence.sentence} Not %j.`,
    (evidence) =>
      given(initiativeStarted, hiringPlanned)
        .when({ ...reached, evidence }, facts)
        .refused(initiativeRules.aReachedMilestoneHasEvidence, '/evidence'),
  );
  it.each(['2026-01-04', '2026-01-06'])(
    `${initiativeRules.aMilestoneIsReachedOnADayThatHasCome.sentence} Not %s.`,
    (on) =>
      given(initiativeStarted, hiringPlanned)
        .when({ ...reached, on }, facts)
        .refused(initiativeRules.aMilestoneIsReachedOnADayThatHasCome, '/on'),
  );
  it(initiativeRules.theOwnerReports.sentence, () =>
    given(initiativeStarted, hiringPlanned)
      .when(reached, { ...facts, actor: { ...exampleMetadata.actor, person: otherOwner } })
      .refused(initiativeRules.theOwnerReports),
  );
});

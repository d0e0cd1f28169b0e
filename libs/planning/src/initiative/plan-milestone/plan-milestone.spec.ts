import { exampleMetadata, specFor } from '@app/testing';
import { cancelled, completed, hiring, hiringPlanned, initiativeStarted, otherOwner } from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { PlanMilestone, planMilestone } from './plan-milestone.js';

const { given } = specFor(initiative, PlanMilestone, planMilestone);

describe('plan a milestone', () => {
  it('is planned for a day', () => given(initiativeStarted).when(hiring).then(hiringPlanned));
  it('sent twice, nothing happens', () => given(initiativeStarted, hiringPlanned).when(hiring).then());
  it(initiativeRules.anInitiativeIsStartedFirst.sentence, () =>
    given().when(hiring).refused(initiativeRules.anInitiativeIsStartedFirst),
  );
  it.each([
    ['completed', completed],
    ['cancelled', cancelled],
  ])(`${initiativeRules.anEndedInitiativeIsNotChanged.sentence} Not when %s.`, (_status, ended) =>
    given(initiativeStarted, ended).when(hiring).refused(initiativeRules.anEndedInitiativeIsNotChanged),
  );
  it(initiativeRules.theOwnerReports.sentence, () =>
    given(initiativeStarted)
      .when(hiring, { actor: { ...exampleMetadata.actor, person: otherOwner } })
      .refused(initiativeRules.theOwnerReports),
  );
  it.each([[{ title: 'Six people' }], [{ dueOn: '2026-07-01' }]])(
    `${initiativeRules.aMilestoneIsPlannedOnce.sentence} Not with %j.`,
    (change) =>
      given(initiativeStarted, hiringPlanned)
        .when({ ...hiring, ...change })
        .refused(initiativeRules.aMilestoneIsPlannedOnce, '/milestoneId'),
  );
  it.each(['2026-01-04', '2029-04-01'])(`${initiativeRules.aMilestoneLiesInThePlan.sentence} Not %s.`, (dueOn) =>
    given(initiativeStarted)
      .when({ ...hiring, dueOn })
      .refused(initiativeRules.aMilestoneLiesInThePlan, '/dueOn'),
  );
});

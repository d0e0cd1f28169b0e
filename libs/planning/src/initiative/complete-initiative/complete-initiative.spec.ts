import { exampleMetadata, specFor } from '@app/testing';
import {
  blockerCleared,
  blockerRaised,
  cancelled,
  completed,
  fullProgress,
  hiringPlanned,
  hiringReached,
  initiativeStarted,
  otherOwner,
  progressReported,
  today,
} from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { CompleteInitiative, completeInitiative } from './complete-initiative.js';

const { given } = specFor(initiative, CompleteInitiative, completeInitiative);
const facts = { facts: today };
const reached = [initiativeStarted, hiringPlanned, hiringReached] as const;
const van = {
  type: 'MilestonePlanned',
  data: { milestoneId: 'van', title: 'A van', dueOn: '2026-09-30', by: 'p-clerk' },
} as const;

describe('complete an initiative', () => {
  it('is completed after full progress', () =>
    given(...reached, blockerRaised, blockerCleared, fullProgress)
      .when({}, facts)
      .then(completed));
  it('sent twice, nothing happens', () =>
    given(...reached, fullProgress, completed)
      .when({}, facts)
      .then());
  it.each([
    ['nothing was reported', reached],
    ['the last report says less', [...reached, fullProgress, progressReported]],
    ['a milestone was added since', [...reached, fullProgress, van]],
    ['a blocker stands', [...reached, fullProgress, blockerRaised]],
  ])(`${initiativeRules.completionFollowsFullProgress.sentence} Not when %s.`, (_when, history) =>
    given(...history)
      .when({}, facts)
      .refused(initiativeRules.completionFollowsFullProgress),
  );
  it(initiativeRules.anEndedInitiativeIsNotChanged.sentence, () =>
    given(...reached, fullProgress, cancelled)
      .when({}, facts)
      .refused(initiativeRules.anEndedInitiativeIsNotChanged),
  );
  it(initiativeRules.theOwnerReports.sentence, () =>
    given(...reached, fullProgress)
      .when({}, { ...facts, actor: { ...exampleMetadata.actor, person: otherOwner } })
      .refused(initiativeRules.theOwnerReports),
  );
});

import { exampleMetadata, specFor } from '@app/testing';
import {
  blockerCleared,
  blockerRaised,
  fullProgress,
  hiringMissed,
  hiringPlanned,
  hiringReached,
  initiativeStarted,
  otherOwner,
  ownerChanged,
  progress,
  progressReported,
  today,
} from '../initiative.examples.js';
import { initiativeRules } from '../initiative.rules.js';
import { initiative } from '../initiative.state.js';
import { ReportProgress, reportProgress } from './report-progress.js';

const { given } = specFor(initiative, ReportProgress, reportProgress);
const facts = { facts: today };
const full = { ...progress, percent: 100 };
const as = (person: string) => ({ ...facts, actor: { ...exampleMetadata.actor, person } });

describe('report progress', () => {
  it('is reported with spend and confidence', () =>
    given(initiativeStarted).when(progress, facts).then(progressReported));
  it('names the blockers that stand open', () => {
    given(initiativeStarted, blockerRaised)
      .when(progress, facts)
      .then({
        type: 'ProgressReported',
        data: { ...progress, on: today.today, blockers: ['no-van'], reporter: 'p-clerk' },
      });
    given(initiativeStarted, blockerRaised, blockerCleared).when(progress, facts).then(progressReported);
  });
  it('is 100 % when all milestones are reached', () =>
    given(initiativeStarted, hiringPlanned, hiringReached).when(full, facts).then(fullProgress));
  it('sent twice, nothing happens', () => given(initiativeStarted, progressReported).when(progress, facts).then());
  it('is reported anew on another day', () =>
    given(initiativeStarted, progressReported)
      .when(progress, { facts: { today: '2026-02-05' } })
      .then({
        type: 'ProgressReported',
        data: { ...progress, on: '2026-02-05', blockers: [], reporter: 'p-clerk' },
      }));
  it.each([-1, 0.5, 101])(`${initiativeRules.progressIsAPercentage.sentence} Not %s.`, (percent) =>
    given(initiativeStarted)
      .when({ ...progress, percent }, facts)
      .refused(initiativeRules.progressIsAPercentage, '/percent'),
  );
  it.each(['-1', '1e3', '0.1234567'])(`${initiativeRules.spendIsZeroOrMore.sentence} Not %s.`, (spend) =>
    given(initiativeStarted)
      .when({ ...progress, spend }, facts)
      .refused(initiativeRules.spendIsZeroOrMore, '/spend'),
  );
  it.each([
    ['there is none', []],
    ['one is planned', [hiringPlanned]],
    ['one is missed', [hiringPlanned, hiringMissed]],
  ])(`${initiativeRules.fullProgressReachesAllMilestones.sentence} Not when %s.`, (_when, milestones) =>
    given(initiativeStarted, ...milestones)
      .when(full, facts)
      .refused(initiativeRules.fullProgressReachesAllMilestones, '/percent'),
  );
  it(initiativeRules.theOwnerReports.sentence, () => {
    given(initiativeStarted).when(progress, as(otherOwner)).refused(initiativeRules.theOwnerReports);
    given(initiativeStarted, ownerChanged).when(progress, facts).refused(initiativeRules.theOwnerReports);
  });
});

import { Command, Decimal, ensure, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import { isShortDecimal } from '../../prioritisation/methods.js';
import type { Today } from '../initiative-facts.js';
import type { Confidence, InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import { openBlockers, type InitiativeState } from '../initiative.state.js';
import { areReached, reportedBy } from '../reporting.js';

export class ReportProgress extends Command<{
  readonly percent: number;
  /** Since the start, in the currency of the budget. */
  readonly spend: string;
  readonly confidence: Confidence;
  readonly narrative: string;
}> {}

export const reportProgress: Decide<ReportProgress, InitiativeState, InitiativeEvent, Today> = (
  { data, metadata },
  given,
  { today },
) => {
  const { percent, spend, confidence, narrative } = data;
  const reporter = metadata.actor.person;
  const state = reportedBy(given, reporter);
  ensure(
    Number.isInteger(percent) && percent >= 0 && percent <= 100,
    initiativeRules.progressIsAPercentage,
    '/percent',
  );
  const isAmount = isShortDecimal(spend) && !new Decimal(spend).isNegative();
  ensure(isAmount, initiativeRules.spendIsZeroOrMore, '/spend');
  ensure(
    percent < 100 || areReached(state.milestones),
    initiativeRules.fullProgressReachesAllMilestones,
    '/percent',
    `Not reached: ${notReached(state.milestones)}.`,
  );
  const blockers = openBlockers(state).map(({ blockerId }) => blockerId);
  const report = { on: today, percent, spend, confidence, blockers, narrative, reporter };
  return isDeepStrictEqual(state.reports.at(-1), report) ? [] : [{ type: 'ProgressReported', data: report }];
};

const notReached = (milestones: readonly { readonly milestoneId: string; readonly status: string }[]): string =>
  milestones
    .filter(({ status }) => status !== 'reached')
    .map(({ milestoneId }) => milestoneId)
    .join(', ') || 'there is none';

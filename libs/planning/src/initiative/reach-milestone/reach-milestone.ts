import { Command, ensure, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { Today } from '../initiative-facts.js';
import type { InitiativeEvent, MilestoneEvidence } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { milestoneIn, reportedBy } from '../reporting.js';

export class ReachMilestone extends Command<{
  readonly milestoneId: string;
  /** Calendar day. */
  readonly on: string;
  readonly evidence: readonly MilestoneEvidence[];
}> {}

/** A missed milestone may be reached late. */
export const reachMilestone: Decide<ReachMilestone, InitiativeState, InitiativeEvent, Today> = (
  { data, metadata },
  given,
  { today },
) => {
  const { milestoneId, on } = data;
  const by = metadata.actor.person;
  const evidence = data.evidence.map(({ title, sha256 }) => ({ title, sha256 }));
  const state = reportedBy(given, by);
  const milestone = milestoneIn(state, milestoneId);
  if (milestone.status === 'reached') {
    const isSame = milestone.on === on && isDeepStrictEqual(milestone.evidence, evidence);
    ensure(isSame, initiativeRules.aReachedMilestoneStands);
    return [];
  }
  ensure(evidence.length > 0 && evidence.every(isEvidence), initiativeRules.aReachedMilestoneHasEvidence, '/evidence');
  ensure(
    on >= state.startedOn && on <= today,
    initiativeRules.aMilestoneIsReachedOnADayThatHasCome,
    '/on',
    `The initiative started on ${state.startedOn}, and today is ${today}.`,
  );
  return [{ type: 'MilestoneReached', data: { milestoneId, on, evidence, by } }];
};

const isEvidence = ({ title, sha256 }: MilestoneEvidence): boolean =>
  title.trim() !== '' && /^[0-9a-f]{64}$/.test(sha256);

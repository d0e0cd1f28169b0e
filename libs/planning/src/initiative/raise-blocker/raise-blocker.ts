import { Command, ensure, type Decide } from '@app/kernel';
import type { Today } from '../initiative-facts.js';
import type { BlockerSeverity, InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { reportedBy } from '../reporting.js';

export class RaiseBlocker extends Command<{
  readonly blockerId: string;
  readonly description: string;
  readonly severity: BlockerSeverity;
}> {}

export const raiseBlocker: Decide<RaiseBlocker, InitiativeState, InitiativeEvent, Today> = (
  { data, metadata },
  given,
  { today },
) => {
  const { blockerId, description, severity } = data;
  const by = metadata.actor.person;
  const state = reportedBy(given, by);
  const standing = state.blockers.find((one) => one.blockerId === blockerId);
  if (standing !== undefined) {
    const isSame =
      standing.cleared === undefined && standing.description === description && standing.severity === severity;
    ensure(isSame, initiativeRules.aBlockerIsRaisedOnce, '/blockerId');
    return [];
  }
  return [{ type: 'BlockerRaised', data: { blockerId, description, severity, on: today, by } }];
};

import { Command, ensure, type Decide } from '@app/kernel';
import type { Today } from '../initiative-facts.js';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { reportedBy } from '../reporting.js';

export class ClearBlocker extends Command<{ readonly blockerId: string; readonly how: string }> {}

export const clearBlocker: Decide<ClearBlocker, InitiativeState, InitiativeEvent, Today> = (
  { data, metadata },
  given,
  { today },
) => {
  const { blockerId, how } = data;
  const by = metadata.actor.person;
  const blocker = reportedBy(given, by).blockers.find((one) => one.blockerId === blockerId);
  ensure(blocker !== undefined, initiativeRules.aBlockerIsRaisedFirst);
  if (blocker.cleared !== undefined) {
    ensure(blocker.cleared.how === how, initiativeRules.aBlockerIsClearedOnce);
    return [];
  }
  ensure(how.trim() !== '', initiativeRules.aBlockerIsClearedSomehow, '/how');
  return [{ type: 'BlockerCleared', data: { blockerId, how, on: today, by } }];
};

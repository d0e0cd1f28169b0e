import { Command, ensure, type Decide } from '@app/kernel';
import type { Today } from '../initiative-facts.js';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { started, underWay } from '../reporting.js';

export class CancelInitiative extends Command<{ readonly reason: string }> {}

export const cancelInitiative: Decide<CancelInitiative, InitiativeState, InitiativeEvent, Today> = (
  { data: { reason }, metadata },
  given,
  { today },
) => {
  const standing = started(given);
  if (standing.status === 'cancelled' && standing.reason === reason) return [];
  underWay(given);
  ensure(reason.trim() !== '', initiativeRules.aCancellationHasAReason, '/reason');
  return [{ type: 'InitiativeCancelled', data: { on: today, reason, by: metadata.actor.person } }];
};

import { Command, ensure, type Decide } from '@app/kernel';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import type { InitiativeState } from '../initiative.state.js';
import { underWay } from '../reporting.js';

export class ChangeInitiativeOwner extends Command<{
  /** Digest of a person. */
  readonly owner: string;
  readonly reason: string;
}> {}

export const changeInitiativeOwner: Decide<ChangeInitiativeOwner, InitiativeState, InitiativeEvent> = (
  { data: { owner, reason }, metadata },
  given,
) => {
  const state = underWay(given);
  if (state.owner === owner) return [];
  ensure(reason.trim() !== '', initiativeRules.aChangeOfOwnerHasAReason, '/reason');
  return [{ type: 'InitiativeOwnerChanged', data: { was: state.owner, owner, reason, by: metadata.actor.person } }];
};

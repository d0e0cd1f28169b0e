import { Command, ensure, type Decide } from '@app/kernel';
import type { Today } from '../initiative-facts.js';
import type { InitiativeEvent } from '../initiative.events.js';
import { initiativeRules } from '../initiative.rules.js';
import { openBlockers, type InitiativeState } from '../initiative.state.js';
import { areReached, reportedBy, started } from '../reporting.js';

export class CompleteInitiative extends Command<Record<never, never>> {}

export const completeInitiative: Decide<CompleteInitiative, InitiativeState, InitiativeEvent, Today> = (
  { metadata },
  given,
  { today },
) => {
  if (started(given).status === 'completed') return [];
  const by = metadata.actor.person;
  const state = reportedBy(given, by);
  ensure(
    state.reports.at(-1)?.percent === 100 && areReached(state.milestones) && openBlockers(state).length === 0,
    initiativeRules.completionFollowsFullProgress,
  );
  return [{ type: 'InitiativeCompleted', data: { on: today, by } }];
};

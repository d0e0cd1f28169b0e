import { Command, ensure, type Decide } from '@app/kernel';
import { openedPlan } from '../opened-plan.js';
import { isOwner } from '../owners.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ensureSameContent } from '../same-content.js';

export class EndorsePlan extends Command<{ readonly contentHash: string }> {}

export const endorsePlan: Decide<EndorsePlan, PlanState, PlanEvent> = ({ data: { contentHash }, metadata }, given) => {
  const state = openedPlan(given);
  const endorser = metadata.actor.person;
  if (state.status === 'endorsed' && state.endorser === endorser && state.contentHash === contentHash) return [];
  ensure(state.status === 'submitted', planDecisionRules.onlyASubmittedPlanIsEndorsed, '', `It is ${state.status}.`);
  ensureSameContent(state, contentHash);
  ensure(!state.authors.includes(endorser), planDecisionRules.theAuthorDoesNotEndorse);
  ensure(!isOwner(state, endorser), planDecisionRules.anOwnerDoesNotEndorse);
  return [{ type: 'PlanEndorsedByHead', data: { contentHash, endorser } }];
};

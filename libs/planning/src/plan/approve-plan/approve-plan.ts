import { Command, ensure, type Decide } from '@app/kernel';
import { openedPlan } from '../opened-plan.js';
import { isOwner } from '../owners.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ensureSameContent } from '../same-content.js';

export class ApprovePlan extends Command<{ readonly contentHash: string }> {}

export const approvePlan: Decide<ApprovePlan, PlanState, PlanEvent> = ({ data: { contentHash }, metadata }, given) => {
  const state = openedPlan(given);
  const approver = metadata.actor.person;
  if (state.status === 'approved' && state.approver === approver && state.contentHash === contentHash) return [];
  ensure(state.status === 'endorsed', planDecisionRules.onlyAnEndorsedPlanIsApproved, '', `It is ${state.status}.`);
  ensureSameContent(state, contentHash);
  ensure(!state.authors.includes(approver), planDecisionRules.theAuthorDoesNotApprove);
  ensure(state.endorser !== approver, planDecisionRules.theEndorserDoesNotApprove);
  ensure(!isOwner(state, approver), planDecisionRules.anOwnerDoesNotApprove);
  ensure(!state.team.some(({ person }) => person === approver), planDecisionRules.theTeamDoesNotApprove);
  return [{ type: 'PlanApprovedByExecutive', data: { contentHash, approver } }];
};

import { Command, ensure, type Decide } from '@app/kernel';
import { same } from '../editing.js';
import { openedPlan } from '../opened-plan.js';
import type { Finding, PlanEvent } from '../plan.events.js';
import { isAwaitingDecision, type PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ensureSameContent } from '../same-content.js';

export class ReturnPlan extends Command<{ readonly contentHash: string; readonly findings: readonly Finding[] }> {}

const deciders: readonly string[] = ['head-of-department', 'executive'];

/** Nothing that was decided on the submission stands after it: what is submitted next is endorsed and approved anew. */
export const returnPlan: Decide<ReturnPlan, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const state = openedPlan(given);
  const { contentHash } = data;
  const findings = [...data.findings];
  ensure(findings.length > 0, planDecisionRules.aReturnNamesItsFindings, '/findings');
  if (state.status === 'goal-setting' && state.version > 0 && same(state.findings, findings)) return [];
  ensure(
    isAwaitingDecision(state),
    planDecisionRules.onlyAPlanAwaitingADecisionIsReturned,
    '',
    `It is ${state.status}.`,
  );
  ensureSameContent(state, contentHash);
  const { person, role } = metadata.actor;
  ensure(deciders.includes(role) || person === state.author, planDecisionRules.onlyWhoDecidesReturnsAPlan);
  return [{ type: 'PlanReturned', data: { contentHash, findings, by: person } }];
};

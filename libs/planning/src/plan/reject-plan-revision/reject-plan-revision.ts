import { Command, ensure, type Decide } from '@app/kernel';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { openRevision, revisionOf } from '../revisions.js';

export class RejectPlanRevision extends Command<{ readonly revisionId: string; readonly reason: string }> {}

const deciders: readonly string[] = ['executive', 'oversight'];

export const rejectPlanRevision: Decide<RejectPlanRevision, PlanState, PlanEvent> = ({ data, metadata }, given) => {
  const { revisionId, reason } = data;
  const { person: by, role } = metadata.actor;
  if (revisionOf(given, revisionId).status === 'rejected') return [];
  const { revision } = openRevision(given, revisionId);
  ensure(deciders.includes(role) || by === revision.proposer, planDecisionRules.onlyWhoDecidesRejectsARevision);
  return [{ type: 'PlanRevisionRejected', data: { revisionId, reason, by } }];
};

import { ensure } from '@app/kernel';
import { openedPlan } from './opened-plan.js';
import type { PlanState, Revision, UnderRevision } from './plan.state.js';
import { planDecisionRules } from './plan-decisions.rules.js';

export const revisionOf = (given: PlanState, revisionId: string): Revision => {
  const revision = openedPlan(given).revisions.find((one) => one.revisionId === revisionId);
  ensure(revision !== undefined, planDecisionRules.aRevisionIsProposedFirst);
  return revision;
};

/** The revision that is decided on. */
export function openRevision(given: PlanState, revisionId: string): { state: UnderRevision; revision: Revision } {
  const revision = revisionOf(given, revisionId);
  ensure(
    given.status === 'under-revision' && revision.status === 'proposed',
    planDecisionRules.onlyAnOpenRevisionIsDecidedOn,
    '',
    `It is ${revision.status}.`,
  );
  return { state: given, revision };
}

/** By the executive; what weakens has the approval of oversight before. */
export const isApproved = ({ approvals }: Revision): boolean =>
  approvals.some(({ authority }) => authority === 'executive');

import { Command, ensure, type Decide } from '@app/kernel';
import { contentHash } from '../content-hash.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState, Revision, UnderRevision } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { isApproved, openRevision, revisionOf } from '../revisions.js';

export class PublishPlanRevision extends Command<{ readonly revisionId: string }> {}

/** The plan as revised is in force from then on, under a version and a content hash of its own. */
export const publishPlanRevision: Decide<PublishPlanRevision, PlanState, PlanEvent> = (
  { tenant, id, data: { revisionId }, metadata },
  given,
) => {
  const by = metadata.actor.person;
  if (revisionOf(given, revisionId).status === 'published') return [];
  const { state, revision } = openRevision(given, revisionId);
  ensure(isApproved(revision), planDecisionRules.onlyAnApprovedRevisionIsPublished);
  ensure(by !== revision.proposer, planDecisionRules.theProposerDoesNotPublish);
  const version = state.version + 1;
  const consultations = state.authority.kind === 'approved' ? state.authority.consultations : [];
  const content = { ...state, goals: revisedGoals(state, revision) };
  return [
    {
      type: 'PlanRevisionPublished',
      data: { revisionId, version, contentHash: contentHash(tenant, id, version, content, consultations), by },
    },
    ...revision.changes.map(({ goalId, was, now, weakening }): PlanEvent => ({
      type: 'GoalRevised',
      data: { goalId, was, now, weakening, reason: revision.reason, authority: authorityFor(weakening) },
    })),
  ];
};

const revisedGoals = ({ goals }: UnderRevision, { changes }: Revision) =>
  goals.map((goal) => changes.find(({ goalId }) => goalId === goal.goalId)?.now ?? goal);

const authorityFor = (weakening: boolean): string => (weakening ? 'oversight' : 'executive');

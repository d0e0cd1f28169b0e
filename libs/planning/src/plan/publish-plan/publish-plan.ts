import { Command, ensure, type Decide } from '@app/kernel';
import type { ConsultationFact } from '../consultation-facts.js';
import { openedPlan } from '../opened-plan.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';
import { ensureSameContent } from '../same-content.js';

export class PublishPlan extends Command<{ readonly contentHash: string }> {}

/** The facts are those of the consultations that the plan was submitted with. */
export const publishPlan: Decide<PublishPlan, PlanState, PlanEvent, readonly ConsultationFact[]> = (
  { data: { contentHash }, metadata },
  given,
  consultations,
) => {
  const state = openedPlan(given);
  const by = metadata.actor.person;
  if (state.status === 'published' && state.contentHash === contentHash) return [];
  ensure(state.status === 'approved', planDecisionRules.onlyAnApprovedPlanIsPublished, '', `It is ${state.status}.`);
  ensureSameContent(state, contentHash);
  ensure(!state.authors.includes(by), planDecisionRules.theAuthorDoesNotPublish);
  const unlinked = consultations.filter(({ unlinkedAccepted }) => unlinkedAccepted.length > 0);
  ensure(unlinked.length === 0, planDecisionRules.everyAcceptedInputLeadsSomewhere, '', unlinked.map(shown).join(' '));
  return [{ type: 'PlanPublished', data: { version: state.version, contentHash, by } }];
};

const mostShown = 10;

function shown({ consultationId, unlinkedAccepted }: ConsultationFact): string {
  const more = unlinkedAccepted.length > mostShown ? ` and ${unlinkedAccepted.length - mostShown} more` : '';
  return `In ${consultationId} these lead nowhere: ${unlinkedAccepted.slice(0, mostShown).join(', ')}${more}.`;
}

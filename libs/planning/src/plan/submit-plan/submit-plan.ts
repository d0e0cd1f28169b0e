import { Command, ensure, type Decide } from '@app/kernel';
import { ensureComplete } from '../completeness.js';
import type { ConsultationFact } from '../consultation-facts.js';
import { contentHash } from '../content-hash.js';
import { openedPlan } from '../opened-plan.js';
import type { PlanEvent } from '../plan.events.js';
import type { PlanState } from '../plan.state.js';
import { planDecisionRules } from '../plan-decisions.rules.js';

export class SubmitPlan extends Command<{ readonly consultations: readonly string[] }> {}

export const submitPlan: Decide<SubmitPlan, PlanState, PlanEvent, readonly ConsultationFact[]> = (
  { tenant, id, data, metadata },
  given,
  facts,
) => {
  const state = openedPlan(given);
  const author = metadata.actor.person;
  const consultations = [...new Set(data.consultations)].sort();
  if (state.status === 'submitted' && state.author === author && state.consultations.join() === consultations.join())
    return [];
  ensure(
    state.status === 'prioritising',
    planDecisionRules.onlyAPrioritisedPlanIsSubmitted,
    '',
    `It is ${state.status}.`,
  );
  ensureComplete(state, facts);
  const version = state.version + 1;
  return [
    {
      type: 'PlanSubmitted',
      data: { version, contentHash: contentHash(tenant, id, version, state, consultations), consultations, author },
    },
  ];
};

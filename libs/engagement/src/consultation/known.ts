import { ensure } from '@app/kernel';
import { consultationRules } from './consultation.rules.js';
import {
  type ConsultationState,
  type KnownConsultation,
  type OpenConsultation,
  type PastConsultation,
} from './consultation.state.js';

export type LivingConsultation = Exclude<KnownConsultation, PastConsultation>;

/** Refuses unless it was planned here. */
export function known(state: ConsultationState): LivingConsultation {
  ensure(state.status !== 'unplanned', consultationRules.aConsultationIsPlannedFirst);
  ensure(state.status !== 'past', consultationRules.aConsultationOfThePastStandsAsItWas);
  return state;
}

/** Refuses unless it is open. */
export function openOnly(state: ConsultationState): OpenConsultation {
  const planned = known(state);
  ensure(planned.status === 'open', consultationRules.onlyAnOpenConsultationGoesOn, '', `It is ${planned.status}.`);
  return planned;
}

/** Refuses a group that the consultation does not require, and one that can no longer change its standing. */
export function beforeClosing(state: ConsultationState, groupId: string): LivingConsultation {
  const planned = known(state);
  ensureRequired(planned, groupId);
  ensure(
    planned.status === 'planned' || planned.status === 'open',
    consultationRules.groupsAreSettledBeforeClosing,
    '',
    `It is ${planned.status}.`,
  );
  return planned;
}

export function ensureRequired({ requiredGroups }: LivingConsultation, groupId: string): void {
  const isRequired = requiredGroups.some((group) => group.groupId === groupId);
  ensure(isRequired, consultationRules.aConsultationIsAboutItsRequiredGroups, '/groupId');
}

/** Refuses before it was closed. */
export function ended(state: ConsultationState): Extract<LivingConsultation, { readonly closedAt: string }> {
  const planned = known(state);
  ensure(
    planned.status === 'closed' || planned.status === 'response-published',
    consultationRules.answersComeAfterClosing,
    '',
    `It is ${planned.status}.`,
  );
  return planned;
}

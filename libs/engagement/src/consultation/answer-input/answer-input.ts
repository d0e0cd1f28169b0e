import { Command, ensure, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { AnswerLink, ConsultationEvent, Disposition } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import { isAccepted, type ConsultationState } from '../consultation.state.js';
import { ended } from '../known.js';

export class AnswerInput extends Command<{
  readonly inputId?: string | undefined;
  readonly themeId?: string | undefined;
  readonly disposition: Disposition;
  readonly rationale: string;
  readonly linkedTo: readonly AnswerLink[];
}> {}

export interface AnswerInputFacts {
  /** Where the input stands that is answered. */
  readonly input: 'none' | 'received' | 'withdrawn';
  readonly deadLinks: readonly AnswerLink[];
}

export const answerInput: Decide<AnswerInput, ConsultationState, ConsultationEvent, AnswerInputFacts> = (
  { data },
  state,
  { input, deadLinks },
) => {
  const { inputId, themeId, disposition, rationale } = data;
  const closed = ended(state);
  ensure((inputId === undefined) !== (themeId === undefined), consultationRules.anAnswerIsToOneThing);
  const to = inputId === undefined ? { themeId: themeId! } : { inputId };
  const answer = { ...to, disposition, rationale, linkedTo: data.linkedTo.map((link) => ({ ...link })) };
  const standing = closed.answers.to(to);
  if (standing !== undefined && isDeepStrictEqual({ ...standing }, answer)) return [];
  ensure(closed.status !== 'response-published', consultationRules.theResponseEndsAConsultation);
  if (inputId === undefined) ensure(isNamed(closed.themes, themeId!), consultationRules.aThemeIsNamedFirst, '/themeId');
  else {
    ensure(input !== 'none', consultationRules.onlyAReceivedInputIsAnswered, '/inputId');
    ensure(input !== 'withdrawn', consultationRules.aWithdrawnInputIsNotAnswered, '/inputId');
  }
  ensure(rationale.trim() !== '', consultationRules.anAnswerSaysWhy, '/rationale');
  ensure(
    answer.linkedTo.length === 0 || isAccepted(answer),
    consultationRules.onlyWhatIsAcceptedLeadsSomewhere,
    '/linkedTo',
  );
  ensureAlive(deadLinks);
  return [{ type: 'InputAnswered', data: answer }];
};

const isNamed = (themes: readonly { readonly themeId: string }[], themeId: string): boolean =>
  themes.some((theme) => theme.themeId === themeId);

export function ensureAlive(deadLinks: readonly AnswerLink[]): void {
  const names = deadLinks.map(({ kind, plan, agreement, id }) => `${kind} ${plan ?? agreement ?? '?'}/${id}`);
  ensure(
    deadLinks.length === 0,
    consultationRules.aLinkLeadsToSomethingThatIsThere,
    '/linkedTo',
    `There is no ${names.join(', no ')}.`,
  );
}

import { Command, ensure, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import { ensureAlive } from '../answer-input/answer-input.js';
import type { AnswerLink, ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import { isAccepted, type ConsultationState } from '../consultation.state.js';
import { ended } from '../known.js';

/** What an answer led to, where it became known after the answer: also once the response is published. */
export class LinkAnswer extends Command<{
  readonly inputId?: string | undefined;
  readonly themeId?: string | undefined;
  readonly linkedTo: readonly AnswerLink[];
}> {}

export const linkAnswer: Decide<
  LinkAnswer,
  ConsultationState,
  ConsultationEvent,
  { readonly deadLinks: readonly AnswerLink[] }
> = ({ data: { inputId, themeId, linkedTo } }, state, { deadLinks }) => {
  const closed = ended(state);
  ensure((inputId === undefined) !== (themeId === undefined), consultationRules.anAnswerIsToOneThing);
  const to = inputId === undefined ? { themeId: themeId! } : { inputId };
  const answer = closed.answers.to(to);
  ensure(answer !== undefined, consultationRules.anAnswerIsGivenBeforeItIsLinked);
  const links = linkedTo.map((link) => ({ ...link }));
  const added = links.filter((link) => !answer.linkedTo.some((one) => isDeepStrictEqual({ ...one }, link)));
  if (added.length === 0) return [];
  ensure(isAccepted(answer), consultationRules.onlyWhatIsAcceptedLeadsSomewhere);
  ensureAlive(deadLinks);
  return [{ type: 'AnswerLinked', data: { ...to, linkedTo: added } }];
};

import { Command, ensure, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState, YouSaidWeDid } from '../consultation.state.js';
import { ended } from '../known.js';

export class PublishResponse extends Command<{ readonly youSaidWeDid: readonly YouSaidWeDid[] }> {}

export const publishResponse: Decide<PublishResponse, ConsultationState, ConsultationEvent> = ({ data }, state) => {
  const closed = ended(state);
  const youSaidWeDid = data.youSaidWeDid.map(({ themeId, youSaid, weDid }) => ({ themeId, youSaid, weDid }));
  if (closed.status === 'response-published') {
    ensure(isDeepStrictEqual([...closed.youSaidWeDid], youSaidWeDid), consultationRules.theResponseIsPublishedOnce);
    return [];
  }
  const themes = closed.themes.map(({ themeId }) => themeId);
  const open = themes.filter((themeId) => closed.answers.to({ themeId }) === undefined);
  ensure(open.length === 0, consultationRules.everyThemeIsAnswered, '', `Not yet: ${open.join(', ')}.`);
  const told = youSaidWeDid.map(({ themeId }) => themeId);
  ensure(
    isDeepStrictEqual([...told].sort(), [...themes].sort()),
    consultationRules.theResponseIsAboutEveryTheme,
    '/youSaidWeDid',
    `Its themes are ${themes.join(', ')}.`,
  );
  return [{ type: 'ConsultationResponsePublished', data: { youSaidWeDid } }];
};

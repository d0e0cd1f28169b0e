import { Command, ensure, type Decide } from '@app/kernel';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState, Theme } from '../consultation.state.js';
import { known } from '../known.js';

export class NameTheme extends Command<Theme> {}

export const nameTheme: Decide<NameTheme, ConsultationState, ConsultationEvent> = (
  { data: { themeId, title } },
  state,
) => {
  const planned = known(state);
  const standing = planned.themes.find((one) => one.themeId === themeId);
  if (standing !== undefined) {
    ensure(standing.title === title, consultationRules.aThemeIsNamedOnce, '/title', `It is ${standing.title}.`);
    return [];
  }
  ensure(planned.status !== 'response-published', consultationRules.theResponseEndsAConsultation);
  return [{ type: 'ThemeNamed', data: { themeId, title } }];
};

import { Command, ensure, instantSeconds, onWallClock, type Decide } from '@app/kernel';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState } from '../consultation.state.js';
import { openOnly } from '../known.js';

export class ExtendConsultation extends Command<{ readonly closesAt: string; readonly reason: string }> {}

export interface OfAgency {
  readonly timeZone: string | undefined;
}

export const extendConsultation: Decide<ExtendConsultation, ConsultationState, ConsultationEvent, OfAgency> = (
  { data: { closesAt: given, reason } },
  state,
  { timeZone },
) => {
  const open = openOnly(state);
  ensure(timeZone !== undefined, consultationRules.anAgencyIsRegisteredBeforeItConsults);
  const closesAt = onWallClock(given, timeZone);
  if (closesAt === open.closesAt) return [];
  ensure(
    instantSeconds(closesAt) > instantSeconds(open.closesAt),
    consultationRules.anExtensionEndsLater,
    '/closesAt',
    `It closes at ${open.closesAt}.`,
  );
  return [{ type: 'ConsultationExtended', data: { closesAt, reason } }];
};

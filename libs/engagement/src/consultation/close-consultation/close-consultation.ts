import { Command, ensure, instantSeconds, onWallClock, type Decide } from '@app/kernel';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState } from '../consultation.state.js';
import { coverageOf, uncovered } from '../coverage.js';
import type { OfAgency } from '../extend-consultation/extend-consultation.js';
import { known, openOnly } from '../known.js';

export class CloseConsultation extends Command<{ readonly adequate: boolean }> {}

export const closeConsultation: Decide<CloseConsultation, ConsultationState, ConsultationEvent, OfAgency> = (
  { data: { adequate }, metadata: { occurredAt } },
  state,
  { timeZone },
) => {
  const planned = known(state);
  if (planned.status === 'closed' || planned.status === 'response-published') {
    ensure(planned.adequate === adequate, consultationRules.aConsultationIsClosedOnce, '/adequate');
    return [];
  }
  const open = openOnly(state);
  ensure(timeZone !== undefined, consultationRules.anAgencyIsRegisteredBeforeItConsults);
  ensure(
    instantSeconds(occurredAt) >= instantSeconds(open.closesAt),
    consultationRules.aConsultationIsOpenUntilTheAnnouncedTime,
    '',
    `It closes at ${open.closesAt}.`,
  );
  const closedAt = onWallClock(occurredAt, timeZone);
  const coverage = coverageOf(open, closedAt);
  const missing = uncovered(coverage);
  ensure(
    !adequate || missing.length === 0,
    consultationRules.everyRequiredGroupIsCoveredOrWaived,
    '/adequate',
    `Neither covered nor waived: ${missing.join(', ')}.`,
  );
  ensure(adequate || missing.length > 0, consultationRules.aConsultationThatReachedAllIsAdequate, '/adequate');
  return [{ type: 'ConsultationClosed', data: { closedAt, adequate, coverage: [...coverage] } }];
};

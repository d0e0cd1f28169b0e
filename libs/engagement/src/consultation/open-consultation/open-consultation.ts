import { Command, ensure, instantSeconds, onWallClock, wallClockSeconds, type Decide } from '@app/kernel';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState } from '../consultation.state.js';
import { daySeconds } from '../coverage.js';
import type { SubjectStanding } from '../facts.js';
import { known } from '../known.js';

export class OpenConsultation extends Command<{
  readonly materialsHash: string;
  /** Where it has opened already; else now. */
  readonly openedAt?: string | undefined;
  readonly closesAt: string;
}> {}

export interface OpenConsultationFacts {
  readonly timeZone: string | undefined;
  /** By what the consultation informs. */
  readonly subject: SubjectStanding;
}

export const openConsultation: Decide<OpenConsultation, ConsultationState, ConsultationEvent, OpenConsultationFacts> = (
  { data, metadata: { occurredAt } },
  state,
  { timeZone, subject },
) => {
  const planned = known(state);
  ensure(timeZone !== undefined, consultationRules.anAgencyIsRegisteredBeforeItConsults);
  const openedAt = onWallClock(data.openedAt ?? occurredAt, timeZone);
  const closesAt = onWallClock(data.closesAt, timeZone);
  const { materialsHash } = data;
  if (planned.status === 'open') {
    const isRepeated = planned.materialsHash === materialsHash && planned.closesAt === closesAt;
    ensure(isRepeated, consultationRules.anOpenConsultationIsExtended);
    return [];
  }
  ensure(
    planned.status === 'planned' || (planned.status === 'closed' && !planned.adequate),
    consultationRules.onlyAnInadequateConsultationOpensAgain,
    '',
    `It is ${planned.status}.`,
  );
  ensure(subject !== 'decided', consultationRules.aConsultationOpensBeforeTheDecision);
  ensure(
    instantSeconds(openedAt) <= instantSeconds(occurredAt),
    consultationRules.aConsultationOpensNowOrHasOpened,
    '/openedAt',
  );
  ensure(
    planned.status === 'planned' || instantSeconds(openedAt) >= instantSeconds(planned.closedAt),
    consultationRules.aConsultationOpensAfterItWasClosed,
    '/openedAt',
  );
  ensure(
    wallClockSeconds(closesAt) - wallClockSeconds(openedAt) >= planned.minOpenDays * daySeconds,
    consultationRules.aConsultationStaysOpenAsPlanned,
    '/closesAt',
    `It asks for ${planned.minOpenDays} days from ${openedAt} on.`,
  );
  return [{ type: 'ConsultationOpened', data: { materialsHash, openedAt, closesAt } }];
};

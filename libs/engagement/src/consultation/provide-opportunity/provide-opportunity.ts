import { Command, ensure, instantSeconds, onWallClock, type Decide } from '@app/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState, Opportunity } from '../consultation.state.js';
import type { OfAgency } from '../extend-consultation/extend-consultation.js';
import { ensureRequired, known, openOnly } from '../known.js';

export class ProvideOpportunity extends Command<Opportunity> {}

export const provideOpportunity: Decide<ProvideOpportunity, ConsultationState, ConsultationEvent, OfAgency> = (
  { data, metadata },
  state,
  { timeZone },
) => {
  ensure(timeZone !== undefined, consultationRules.anAgencyIsRegisteredBeforeItConsults);
  const opportunity = {
    ...data,
    accessibleFormats: [...new Set(data.accessibleFormats)].sort(),
    from: onWallClock(data.from, timeZone),
    to: onWallClock(data.to, timeZone),
  };
  const standing = known(state).opportunities.find((one) => one.opportunityId === data.opportunityId);
  if (standing !== undefined) {
    ensure(isDeepStrictEqual({ ...standing }, opportunity), consultationRules.anOpportunityIsProvidedOnce, '/id');
    return [];
  }
  const { openedAt, closesAt, ...open } = openOnly(state);
  ensureRequired({ openedAt, closesAt, ...open }, data.groupId);
  const { reached } = data;
  ensure(Number.isSafeInteger(reached) && reached >= 0, consultationRules.anOpportunityReachesPeople, '/reached');
  const [from, to] = [instantSeconds(data.from), instantSeconds(data.to)];
  ensure(from < to, consultationRules.anOpportunityEndsAfterItBegins, '/to');
  ensure(from <= instantSeconds(metadata.occurredAt), consultationRules.anOpportunityHasBegun, '/from');
  ensure(
    from < instantSeconds(closesAt) && to > instantSeconds(openedAt),
    consultationRules.anOpportunityFallsIntoTheOpenTime,
    '/from',
    `It is open from ${openedAt} to ${closesAt}.`,
  );
  return [{ type: 'OpportunityProvided', data: opportunity }];
};

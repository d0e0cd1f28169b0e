import { Command, ensure, type Decide } from '@app/kernel';
import type { DataSubjectEvent, LegalGround } from '../data-subject.events.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import type { DataSubjectState } from '../data-subject.state.js';

export class RequestErasure extends Command<{ readonly legalGround: LegalGround; readonly reason: string }> {}

export const requestErasure: Decide<RequestErasure, DataSubjectState, DataSubjectEvent> = (
  { data: { legalGround, reason }, metadata },
  state,
) => {
  const by = metadata.actor.person;
  if (state.status === 'standing') return [{ type: 'ErasureRequested', data: { legalGround, reason, by } }];
  const { request } = state;
  if (request.legalGround === legalGround && request.reason === reason && request.by === by) return [];
  ensure(state.status === 'erasure-requested', dataSubjectRules.whatIsErasedIsNotErasedAgain);
  ensure(false, dataSubjectRules.anErasureIsRequestedOnceAtATime, '', `It was requested: ${request.reason}.`);
};

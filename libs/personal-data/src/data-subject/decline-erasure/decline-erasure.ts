import { Command, ensure, type Decide } from '@app/kernel';
import type { DataSubjectEvent } from '../data-subject.events.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import type { DataSubjectState } from '../data-subject.state.js';

export class DeclineErasure extends Command<{ readonly reason: string }> {}

export const declineErasure: Decide<DeclineErasure, DataSubjectState, DataSubjectEvent> = (
  { data: { reason }, metadata },
  state,
) => {
  const by = metadata.actor.person;
  if (state.status === 'standing') {
    const isTheSame = state.declined?.reason === reason && state.declined.by === by;
    ensure(isTheSame, dataSubjectRules.onlyARequestedErasureIsDecided);
    return [];
  }
  ensure(state.status === 'erasure-requested', dataSubjectRules.whatIsErasedIsNotErasedAgain);
  return [{ type: 'ErasureDeclined', data: { reason, by } }];
};

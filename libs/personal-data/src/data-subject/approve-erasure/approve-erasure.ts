import { Command, ensure, type Decide } from '@app/kernel';
import type { DataSubjectEvent } from '../data-subject.events.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import type { DataSubjectState } from '../data-subject.state.js';

export class ApproveErasure extends Command<{ readonly authority: string }> {}

export const approveErasure: Decide<ApproveErasure, DataSubjectState, DataSubjectEvent> = (
  { data: { authority }, metadata },
  state,
) => {
  const by = metadata.actor.person;
  ensure(state.status !== 'standing', dataSubjectRules.onlyARequestedErasureIsDecided);
  if (state.status !== 'erasure-requested') {
    const { approval } = state;
    const isTheSame = approval.authority === authority && approval.by === by;
    ensure(isTheSame, dataSubjectRules.whatIsErasedIsNotErasedAgain, '', `It was approved: ${approval.authority}.`);
    return [];
  }
  ensure(state.request.by !== by, dataSubjectRules.whoeverRequestsAnErasureDoesNotApproveIt);
  const [hold] = state.holds;
  ensure(hold === undefined, dataSubjectRules.nothingIsErasedUnderALegalHold, '', `${hold?.[0]}: ${hold?.[1]}.`);
  return [{ type: 'ErasureApproved', data: { authority, by } }];
};

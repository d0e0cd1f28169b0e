import { Command, ensure, type Decide } from '@app/kernel';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState } from '../consultation.state.js';
import { beforeClosing, known } from '../known.js';

export class DeclareGroupUnreachable extends Command<{ readonly groupId: string; readonly reason: string }> {}

export const declareGroupUnreachable: Decide<DeclareGroupUnreachable, ConsultationState, ConsultationEvent> = (
  { data: { groupId, reason } },
  state,
) => {
  const standing = known(state).unreachable.find((one) => one.groupId === groupId);
  if (standing !== undefined) {
    ensure(standing.reason === reason, consultationRules.aGroupIsDeclaredUnreachableOnce, '/reason');
    return [];
  }
  beforeClosing(state, groupId);
  return [{ type: 'GroupUnreachableDeclared', data: { groupId, reason } }];
};

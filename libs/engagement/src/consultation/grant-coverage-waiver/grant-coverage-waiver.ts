import { Command, ensure, type Decide } from '@app/kernel';
import type { ConsultationEvent } from '../consultation.events.js';
import { consultationRules } from '../consultation.rules.js';
import type { ConsultationState } from '../consultation.state.js';
import { beforeClosing, known } from '../known.js';

export class GrantCoverageWaiver extends Command<{ readonly groupId: string; readonly reason: string }> {}

export const grantCoverageWaiver: Decide<GrantCoverageWaiver, ConsultationState, ConsultationEvent> = (
  { data: { groupId, reason }, metadata: { actor } },
  state,
) => {
  const { planner, waivers } = known(state);
  ensure(actor.role === 'oversight', consultationRules.onlyOversightWaivesCoverage);
  ensure(actor.person !== planner, consultationRules.thePlannerDoesNotWaiveCoverage);
  const standing = waivers.find((one) => one.groupId === groupId);
  if (standing !== undefined) {
    ensure(standing.reason === reason, consultationRules.aWaiverIsGrantedOnce, '/reason');
    return [];
  }
  beforeClosing(state, groupId);
  return [{ type: 'CoverageWaiverGranted', data: { groupId, reason, grantedBy: actor.person } }];
};

import { Command, ensure, type Decide } from '@app/kernel';
import type { DataSubjectEvent } from '../data-subject.events.js';
import { dataSubjectRules } from '../data-subject.rules.js';
import type { DataSubjectState } from '../data-subject.state.js';

export class LiftLegalHold extends Command<{ readonly holdId: string; readonly reason: string }> {}

export const liftLegalHold: Decide<LiftLegalHold, DataSubjectState, DataSubjectEvent> = (
  { data: { holdId, reason }, metadata },
  { holds, lifted },
) => {
  if (lifted.get(holdId) === reason) return [];
  ensure(holds.has(holdId), dataSubjectRules.aLegalHoldThatIsLiftedStands);
  return [{ type: 'LegalHoldLifted', data: { holdId, reason, by: metadata.actor.person } }];
};

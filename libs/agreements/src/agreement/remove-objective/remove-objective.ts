import { Command, ensure, type Decide } from '@app/kernel';
import type { AgreementEvent } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';
import { editable, edits, objectiveOf } from '../editing.js';

export class RemoveObjective extends Command<{ readonly objectiveId: string }> {}

export const removeObjective: Decide<RemoveObjective, AgreementState, AgreementEvent> = ({ data }, state) => {
  const { objectiveId } = data;
  const draft = editable(state);
  if (draft.terms.removedObjectives.includes(objectiveId)) return [];
  ensure(
    objectiveOf(draft, objectiveId) !== undefined,
    agreementRules.anObjectiveExistsBeforeItIsChanged,
    '/objectiveId',
  );
  return edits(draft, { type: 'ObjectiveRemoved', data: { objectiveId } });
};

import { Command, ensure, type Decide } from '@app/kernel';
import type { AgreementEvent, Objective } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';
import { editable, edits, objectiveOf, same } from '../editing.js';
import { ensureSoundObjective, type IndicatorCard } from '../objective.js';

export class AddObjective extends Command<Objective> {}

export const addObjective: Decide<AddObjective, AgreementState, AgreementEvent, IndicatorCard | undefined> = (
  { data },
  state,
  card,
) => {
  const draft = editable(state);
  const standing = objectiveOf(draft, data.objectiveId);
  if (standing !== undefined) {
    ensure(same(standing, data), agreementRules.anObjectiveIsAddedOnce, '/objectiveId');
    return [];
  }
  ensure(
    !draft.terms.removedObjectives.includes(data.objectiveId),
    agreementRules.aRemovedObjectiveDoesNotComeBack,
    '/objectiveId',
  );
  ensureSoundObjective(data, card);
  return edits(draft, { type: 'ObjectiveAdded', data });
};

import { Command, ensure, type Decide } from '@app/kernel';
import type { AgreementEvent, Objective } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';
import { editable, edits, objectiveOf, same } from '../editing.js';
import { ensureSoundObjective, type IndicatorCard } from '../objective.js';

export class ChangeObjective extends Command<Objective> {}

export const changeObjective: Decide<ChangeObjective, AgreementState, AgreementEvent, IndicatorCard | undefined> = (
  { data },
  state,
  card,
) => {
  const draft = editable(state);
  const standing = objectiveOf(draft, data.objectiveId);
  ensure(standing !== undefined, agreementRules.anObjectiveExistsBeforeItIsChanged, '/objectiveId');
  if (same(standing, data)) return [];
  ensureSoundObjective(data, card);
  return edits(draft, { type: 'ObjectiveChanged', data });
};

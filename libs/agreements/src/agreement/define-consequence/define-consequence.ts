import { Command, Decimal, ensure, isDecimalText, type Decide } from '@app/kernel';
import type { AgreementEvent, Consequence } from '../agreement.events.js';
import { agreementRules } from '../agreement.rules.js';
import type { AgreementState } from '../agreement.state.js';
import { ensurePointsForEverySeverity } from '../completeness.js';
import { editable, edits, objectiveOf, same } from '../editing.js';

export class DefineConsequence extends Command<Omit<Consequence, 'kind'>> {}

export const defineConsequence: Decide<DefineConsequence, AgreementState, AgreementEvent> = ({ data }, state) => {
  const draft = editable(state);
  const objective = objectiveOf(draft, data.objectiveId);
  ensure(objective !== undefined, agreementRules.aConsequenceBelongsToAnObjective, '/objectiveId');
  const consequence: Consequence = { kind: 'ServicePoints', ...data };
  ensureNumbers(consequence);
  ensurePointsForEverySeverity(consequence, objective);
  const standing = draft.terms.consequences.find((one) => one.objectiveId === data.objectiveId);
  return same(standing, consequence) ? [] : edits(draft, { type: 'ConsequenceDefined', data: consequence });
};

function ensureNumbers({ points, repeatMultiplier, cap }: Consequence): void {
  const decimals = [...points.map((one) => one.points), repeatMultiplier, ...(cap === undefined ? [] : [cap])];
  ensure(decimals.every(isDecimalText), agreementRules.objectiveNumbersAreDecimals);
  ensure(
    points.every((one) => new Decimal(one.points).greaterThanOrEqualTo(0)),
    agreementRules.aConsequenceGivesPointsForEverySeverity,
    '/points',
  );
  ensure(
    new Decimal(repeatMultiplier).greaterThanOrEqualTo(1),
    agreementRules.aRepeatMultiplierIsAtLeastOne,
    '/repeatMultiplier',
  );
  ensure(cap === undefined || new Decimal(cap).greaterThan(0), agreementRules.aCapIsAboveZero, '/cap');
}

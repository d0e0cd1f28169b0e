import { Command, ensure, type Decide } from '@app/kernel';
import type { IndicatorEvent } from '../indicator.events.js';
import { indicatorRules } from '../indicator.rules.js';
import type { IndicatorOwner, IndicatorState } from '../indicator.state.js';

export class AssignOwner extends Command<IndicatorOwner> {}

export const assignOwner: Decide<AssignOwner, IndicatorState, IndicatorEvent> = ({ data: { person, from } }, state) => {
  ensure(state.status !== 'undefined', indicatorRules.anIndicatorIsDefinedFirst);
  if (state.owner?.person === person && state.owner.from === from) return [];
  ensure(state.status !== 'retired', indicatorRules.aRetiredIndicatorStaysAsItIs);
  ensure(/^p-[0-9a-f]{40}$/.test(person), indicatorRules.anOwnerIsNamedByDigest, '/person');
  return [{ type: 'IndicatorOwnerAssigned', data: { person, from } }];
};

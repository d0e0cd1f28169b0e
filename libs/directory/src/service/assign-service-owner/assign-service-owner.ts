import { Command, ensure, type Decide } from '@app/kernel';
import { changeable } from '../changeable.js';
import type { ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { ServiceState } from '../service.state.js';

export class AssignServiceOwner extends Command<{ readonly person: string; readonly from: string }> {}

export const assignServiceOwner: Decide<AssignServiceOwner, ServiceState, ServiceEvent> = (
  { data: { person, from } },
  state,
) => {
  const last = changeable(state).owners.at(-1)!;
  const begins = last.from ?? '';
  if (last.person === person && begins <= from) return [];
  ensure(begins < from, serviceRules.ownersFollowOneAnother, '/from', `The last one begins on ${begins}.`);
  return [{ type: 'ServiceOwnerAssigned', data: { person, from } }];
};

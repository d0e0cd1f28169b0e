import { Command, ensure, type Decide } from '@app/kernel';
import { groupIn } from '../changeable.js';
import type { ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { ServiceState } from '../service.state.js';

export class RemoveAccessBarrier extends Command<{
  readonly groupId: string;
  readonly barrierId: string;
  readonly how: string;
}> {}

export const removeAccessBarrier: Decide<RemoveAccessBarrier, ServiceState, ServiceEvent> = (
  { data: { groupId, barrierId, how } },
  state,
) => {
  const barrier = groupIn(state, groupId).barriers.find((one) => one.barrierId === barrierId);
  ensure(barrier !== undefined, serviceRules.aBarrierIsRecordedFirst);
  if (barrier.removed !== undefined) {
    ensure(barrier.removed === how, serviceRules.aBarrierIsRemovedOnce, '/how', `It was removed: ${barrier.removed}.`);
    return [];
  }
  return [{ type: 'AccessBarrierRemoved', data: { groupId, barrierId, how } }];
};

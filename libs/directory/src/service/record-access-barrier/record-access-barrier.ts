import { Command, ensure, type Decide } from '@app/kernel';
import { groupIn } from '../changeable.js';
import type { BarrierSeverity, ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { ServiceState } from '../service.state.js';

export class RecordAccessBarrier extends Command<{
  readonly groupId: string;
  readonly barrierId: string;
  readonly barrier: string;
  readonly severity: BarrierSeverity;
}> {}

export const recordAccessBarrier: Decide<RecordAccessBarrier, ServiceState, ServiceEvent> = ({ data }, state) => {
  const { groupId, barrierId, barrier, severity } = data;
  const known = groupIn(state, groupId).barriers.find((one) => one.barrierId === barrierId);
  if (known !== undefined) {
    ensure(
      known.barrier === barrier && known.severity === severity && known.removed === undefined,
      serviceRules.aBarrierIsRecordedOnce,
      '/id',
      `It stands as ${known.barrier}.`,
    );
    return [];
  }
  return [{ type: 'AccessBarrierRecorded', data: { groupId, barrierId, barrier, severity } }];
};

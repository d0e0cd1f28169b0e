import { Command, ensure, type Decide } from '@app/kernel';
import { changeable } from '../changeable.js';
import type { ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { ServiceState } from '../service.state.js';

export class SuspendService extends Command<{ readonly reason: string }> {}

export const suspendService: Decide<SuspendService, ServiceState, ServiceEvent> = ({ data: { reason } }, state) => {
  const standing = changeable(state);
  if (standing.status === 'suspended') {
    ensure(
      standing.reason === reason,
      serviceRules.aSuspendedServiceIsResumedFirst,
      '/reason',
      `It is suspended: ${standing.reason}.`,
    );
    return [];
  }
  return [{ type: 'ServiceSuspended', data: { reason } }];
};

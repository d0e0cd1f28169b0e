import { Command, ensure, type Decide } from '@app/kernel';
import { changeable } from '../changeable.js';
import type { ServiceEvent } from '../service.events.js';
import { serviceRules } from '../service.rules.js';
import type { ServiceState } from '../service.state.js';

export class RetireService extends Command<{ readonly reason: string }> {}

export const retireService: Decide<RetireService, ServiceState, ServiceEvent> = ({ data: { reason } }, state) => {
  if (state.status === 'retired') {
    ensure(
      state.reason === reason,
      serviceRules.aRetiredServiceIsNotChanged,
      '/reason',
      `It was retired: ${state.reason}.`,
    );
    return [];
  }
  changeable(state);
  return [{ type: 'ServiceRetired', data: { reason } }];
};

import { Command, type Decide } from '@app/kernel';
import { changeable } from '../changeable.js';
import type { ServiceEvent } from '../service.events.js';
import type { ServiceState } from '../service.state.js';

export class ResumeService extends Command<{ readonly reason: string }> {}

export const resumeService: Decide<ResumeService, ServiceState, ServiceEvent> = ({ data: { reason } }, state) =>
  changeable(state).status === 'active' ? [] : [{ type: 'ServiceResumed', data: { reason } }];

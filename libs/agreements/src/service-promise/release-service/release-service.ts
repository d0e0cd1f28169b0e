import { Command, type Decide } from '@app/kernel';
import type { ServicePromiseEvent } from '../service-promise.events.js';
import type { ServicePromises } from '../service-promise.state.js';

export class ReleaseService extends Command<{ readonly agreementId: string }> {}

export const releaseService: Decide<ReleaseService, ServicePromises, ServicePromiseEvent> = (
  { data: { agreementId } },
  { promises },
) =>
  promises.some((one) => one.agreementId === agreementId) ? [{ type: 'ServiceReleased', data: { agreementId } }] : [];

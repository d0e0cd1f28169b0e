import type { ServicePromiseEvent } from './service-promise.events.js';

export const streets = { agreementId: 'street-services', providers: ['public-works'], consumers: ['residents'] };
export const streetsPromised: ServicePromiseEvent = { type: 'ServicePromised', data: streets };
export const streetsReleased: ServicePromiseEvent = {
  type: 'ServiceReleased',
  data: { agreementId: 'street-services' },
};

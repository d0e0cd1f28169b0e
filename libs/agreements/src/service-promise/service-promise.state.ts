import { unhandled, type Aggregate } from '@app/kernel';
import { servicePromiseEvents, type ServicePromiseEvent } from './service-promise.events.js';

/** Between whom an agreement promises the service. */
export interface ServicePromise {
  readonly agreementId: string;
  readonly providers: readonly string[];
  readonly consumers: readonly string[];
}

/** The reservation of one service: which agreements bind it. */
export interface ServicePromises {
  readonly promises: readonly ServicePromise[];
}

export const servicePromise: Aggregate<ServicePromises, ServicePromiseEvent> = {
  category: 'promise',
  events: servicePromiseEvents,
  initial: { promises: [] },
  evolve: ({ promises }, event) => {
    switch (event.type) {
      case 'ServicePromised':
        return { promises: [...promises, event.data] };
      case 'ServiceReleased':
        return { promises: promises.filter(({ agreementId }) => agreementId !== event.data.agreementId) };
      default:
        return unhandled(event);
    }
  },
};

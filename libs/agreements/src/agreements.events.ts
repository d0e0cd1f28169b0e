import { agreementEvents } from './agreement/agreement.events.js';
import { servicePromiseEvents } from './service-promise/service-promise.events.js';

export * from './agreement/agreement.events.js';
export * from './agreement/agreement.state.js';
export { bandOf } from './agreement/severity-bands.js';
export * from './service-promise/service-promise.events.js';
export { servicePromise } from './service-promise/service-promise.state.js';

/** Every event of the context. */
export const agreementsEvents = { ...agreementEvents, ...servicePromiseEvents };

import { agencyEvents } from './agency/agency.events.js';
import { grantEvents } from './grant/grant.events.js';

export { agency } from './agency/agency.state.js';

/** Every event of the context. */
export const directoryEvents = { ...agencyEvents, ...grantEvents };

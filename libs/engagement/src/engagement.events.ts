import { consultationEvents } from './consultation/consultation.events.js';
import { consultation } from './consultation/consultation.state.js';

export * from './consultation/consultation.events.js';
export * from './consultation/consultation.state.js';

/** Every event of the context. */
export const engagementEvents = { ...consultationEvents };

/** Every kind of stream of the context, for those who replay it. */
export const engagementAggregates = [consultation] as const;

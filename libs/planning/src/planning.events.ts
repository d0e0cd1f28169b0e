import { initiativeEvents } from './initiative/initiative.events.js';
import { initiative } from './initiative/initiative.state.js';
import { planEvents } from './plan/plan.events.js';
import { plan } from './plan/plan.state.js';

export * from './initiative/initiative.events.js';
export * from './initiative/initiative.state.js';
export * from './plan/plan.events.js';
export * from './plan/plan.state.js';

/** Every event of the context. */
export const planningEvents = { ...planEvents, ...initiativeEvents };

/** Every kind of stream of the context, for those who replay it. */
export const planningAggregates = [plan, initiative] as const;

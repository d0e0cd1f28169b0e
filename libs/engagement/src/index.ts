export * from './engagement.commands.module.js';
export * from './engagement.events.js';
export * from './engagement-projections.js';
export * from './engagement.queries.module.js';

export * from './processes.events.js';
export * from './processes.module.js';
export * from './processes-projections.js';
export * from './processes.queries.module.js';

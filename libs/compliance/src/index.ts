export * from './compliance.commands.module.js';
export * from './compliance.events.js';
export * from './compliance-projections.js';
export * from './compliance.queries.module.js';

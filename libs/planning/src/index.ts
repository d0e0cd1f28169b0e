export * from './planning.commands.module.js';
export * from './planning.events.js';
export * from './planning-projections.js';
export * from './planning.queries.module.js';

export * from './agreements.commands.module.js';
export * from './agreements.events.js';
export * from './agreements-projections.js';
export * from './agreements.queries.module.js';

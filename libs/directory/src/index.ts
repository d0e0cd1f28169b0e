export * from './directory.commands.module.js';
export * from './directory.events.js';
export * from './directory-projections.js';
export * from './directory.queries.module.js';
export * from './grant/grant.module.js';

export * from './personal-data.commands.module.js';
export * from './personal-data.events.js';
export * from './personal-data.module.js';
export * from './personal-data-projections.js';
export * from './personal-data.queries.module.js';

export * from './indicators.commands.module.js';
export * from './indicators.events.js';
export * from './indicators-projections.js';
export * from './indicators.queries.module.js';

export * from './parked-events.js';
export * from './projection.js';
export * from './projection-engine.js';
export * from './projections.module.js';
export * from './read-models.js';

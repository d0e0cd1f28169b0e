export * from './engine-thread.js';
export * from './local-engine.js';
export * from './parked-events.js';
export * from './projection.js';
export * from './projection-engine.js';
export * from './projections.module.js';
export * from './read-models.js';
export * from './threaded-engine.js';
export type { Filter, FindCursor } from 'mongodb';

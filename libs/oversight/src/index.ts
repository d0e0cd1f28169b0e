export * from './oversight.operations.module.js';
export * from './oversight-projections.js';
export * from './oversight.queries.module.js';

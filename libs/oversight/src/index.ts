export * from './oversight.projections.js';
export * from './oversight.queries.module.js';

export * from './overview-projections.js';
export * from './overview.queries.module.js';

export * from './process-spec-for.js';
export * from './spec-for.js';

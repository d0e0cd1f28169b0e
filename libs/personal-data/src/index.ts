export * from './personal-data.events.js';
export * from './personal-data.module.js';

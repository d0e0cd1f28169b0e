export * from './codec.js';
export * from './errors.js';
export * from './event-log.js';
export * from './event-store.module.js';
export * from './handles.js';
export * from './stream-decider.js';
export * from './subscription.js';

export * from './compliance-period/compliance-period.events.js';
export * from './compliance-period/compliance-period.state.js';
export * from './breach/breach.events.js';
export * from './breach/breach.state.js';

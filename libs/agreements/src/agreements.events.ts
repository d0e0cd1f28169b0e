export * from './agreement/agreement.events.js';
export * from './agreement/agreement.state.js';
export { bandOf } from './agreement/severity-bands.js';

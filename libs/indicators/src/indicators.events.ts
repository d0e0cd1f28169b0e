import { indicatorEvents } from './indicator/indicator.events.js';
import { readingLedgerEvents } from './reading-ledger/reading-ledger.events.js';

export { indicator } from './indicator/indicator.state.js';
export * from './indicator/indicator.events.js';
export * from './reading-ledger/reading-ledger.events.js';
export { performanceOf } from './performance/performance.js';

/** Every event of the context. */
export const indicatorsEvents = { ...indicatorEvents, ...readingLedgerEvents };

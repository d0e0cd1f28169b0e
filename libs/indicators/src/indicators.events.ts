import { indicatorEvents } from './indicator/indicator.events.js';
import { ledgerRegisterEvents } from './ledger-register/ledger-register.events.js';
import { readingIdsEvents } from './reading-ids/reading-ids.events.js';
import { readingLedgerEvents } from './reading-ledger/reading-ledger.events.js';

export { cardFor, indicator, type CardVersion } from './indicator/indicator.state.js';
export * from './indicator/indicator.events.js';
export { ledgerRegister } from './ledger-register/ledger-register.state.js';
export * from './ledger-register/ledger-register.events.js';
export * from './reading-ids/reading-ids.events.js';
export { ledgerId } from './reading-ledger/reading-ledger.state.js';
export * from './reading-ledger/reading-ledger.events.js';
export { changed, factOf, type Fact } from './performance/facts.js';
export { Readings, figuresOfReadings, type FigureOfIndicator } from './performance/figures-of-readings.js';
export { cardsOf, figuresOf, type Cards } from './performance/performance.js';
export { mayHoldReadingsOf } from './ledger-register/ledgers-of-period.js';

/** Every event of the context. */
export const indicatorsEvents = {
  ...indicatorEvents,
  ...ledgerRegisterEvents,
  ...readingIdsEvents,
  ...readingLedgerEvents,
};

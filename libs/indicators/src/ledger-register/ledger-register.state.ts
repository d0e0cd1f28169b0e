import { unhandled, type Aggregate, type PeriodKey } from '@app/kernel';
import { ledgerRegisterEvents, type LedgerRegisterEvent } from './ledger-register.events.js';

/** Periods of an indicator that have a reading ledger, in order of opening. */
export interface LedgerRegister {
  readonly periods: readonly PeriodKey[];
}

/** One stream per indicator: `ledgers-boston/on-time`. */
export const ledgerRegister: Aggregate<LedgerRegister, LedgerRegisterEvent> = {
  category: 'ledgers',
  events: ledgerRegisterEvents,
  initial: { periods: [] },
  evolve: ({ periods }, event) => {
    switch (event.type) {
      case 'ReadingPeriodOpened':
        return { periods: [...periods, event.data.period] };
      default:
        return unhandled(event.type);
    }
  },
};

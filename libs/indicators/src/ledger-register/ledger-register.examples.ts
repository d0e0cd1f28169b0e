import type { LedgerRegisterEvent } from './ledger-register.events.js';

export const julyOpened: LedgerRegisterEvent = { type: 'ReadingPeriodOpened', data: { period: '2011-07' } };

import { ledgerPages } from './performance/ledger-pages.js';

export const indicatorsProjections = [ledgerPages];

import { defineRules } from '@app/kernel';

export const ledgerRegisterRules = defineRules('ledger-register', {
  aPeriodFollowsTheReportingCycle:
    'A period follows the reporting cycle of its indicator, such as 2011-07, 2011-Q3, 2011 or FY2018-19.',
});

import { Command, ensure, isTimeZone, type Decide } from '@app/kernel';
import type { AgencyEvent } from '../agency.events.js';
import { agencyRules } from '../agency.rules.js';
import type { AgencyState } from '../agency.state.js';

export class RegisterAgency extends Command<{ readonly name: string; readonly timeZone: string }> {}

export const registerAgency: Decide<RegisterAgency, AgencyState, AgencyEvent> = ({ data }, state) => {
  ensure(isTimeZone(data.timeZone), agencyRules.anAgencyNamesAKnownTimeZone, '/timeZone');
  if (state.status === 'registered') {
    ensure(
      state.name === data.name && state.timeZone === data.timeZone,
      agencyRules.anAgencyIsRegisteredOnce,
      '',
      `It stands as ${state.name}, ${state.timeZone}.`,
    );
    return [];
  }
  return [{ type: 'AgencyRegistered', data: { name: data.name, timeZone: data.timeZone } }];
};

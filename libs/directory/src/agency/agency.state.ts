import { unhandled, type Aggregate } from '@app/kernel';
import { agencyEvents, type AgencyEvent } from './agency.events.js';

export type AgencyState =
  | { readonly status: 'unregistered' }
  | { readonly status: 'registered'; readonly name: string; readonly timeZone: string };

export const agency: Aggregate<AgencyState, AgencyEvent> = {
  category: 'agency',
  events: agencyEvents,
  initial: { status: 'unregistered' },
  evolve: (_state, event) => {
    switch (event.type) {
      case 'AgencyRegistered':
        return { status: 'registered', ...event.data };
      default:
        return unhandled(event.type);
    }
  },
};

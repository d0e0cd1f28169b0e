import type { AgencyEvent } from './agency.events.js';

export const boston = { name: 'City of Boston', timeZone: 'America/New_York' };
export const bostonRegistered: AgencyEvent = { type: 'AgencyRegistered', data: boston };

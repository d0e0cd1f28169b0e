import { agencies } from './read-models/agencies/agencies.js';
import { calendars } from './read-models/calendars/calendars.js';
import { roleHolders } from './read-models/role-holders/role-holders.js';
import { services } from './read-models/services/services.js';

export const directoryProjections = [agencies, services, calendars, roleHolders];

import { agencies } from './read-models/agencies/agencies.js';
import { calendars } from './read-models/calendars/calendars.js';
import { services } from './read-models/services/services.js';

export const directoryProjections = [agencies, services, calendars];

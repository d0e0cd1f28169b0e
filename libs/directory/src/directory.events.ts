import { agencyEvents } from './agency/agency.events.js';
import { calendarEvents } from './calendar/calendar.events.js';
import { departmentsEvents } from './departments/departments.events.js';
import { districtsEvents } from './districts/districts.events.js';
import { grantEvents } from './grant/grant.events.js';
import { serviceEvents } from './service/service.events.js';

export { agency } from './agency/agency.state.js';
export { calendar, type BusinessCalendar, type CalendarState } from './calendar/calendar.state.js';
export { addWorkingDays, isWorkingDay, workingSeconds } from './calendar/working-time.js';
export { districts, isDistrictName, type District, type DistrictsState } from './districts/districts.state.js';

/** Every event of the context. */
export const directoryEvents = {
  ...agencyEvents,
  ...calendarEvents,
  ...departmentsEvents,
  ...districtsEvents,
  ...grantEvents,
  ...serviceEvents,
};

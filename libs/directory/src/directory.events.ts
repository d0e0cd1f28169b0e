import { agencyEvents } from './agency/agency.events.js';
import { agency } from './agency/agency.state.js';
import { calendarEvents } from './calendar/calendar.events.js';
import { calendar } from './calendar/calendar.state.js';
import { departmentsEvents } from './departments/departments.events.js';
import { departments } from './departments/departments.state.js';
import { districtsEvents } from './districts/districts.events.js';
import { districts } from './districts/districts.state.js';
import { grantEvents } from './grant/grant.events.js';
import { grant } from './grant/grant.state.js';
import { serviceEvents } from './service/service.events.js';
import { service } from './service/service.state.js';

export { agency } from './agency/agency.state.js';
export { calendar, type BusinessCalendar, type CalendarState } from './calendar/calendar.state.js';
export { addWorkingDays, isWorkingDay, workingSeconds } from './calendar/working-time.js';
export { service, type ServiceState } from './service/service.state.js';
export {
  districts,
  isDistrictName,
  isStandingDistrict,
  type District,
  type DistrictsState,
} from './districts/districts.state.js';

/** Every event of the context. */
export const directoryEvents = {
  ...agencyEvents,
  ...calendarEvents,
  ...departmentsEvents,
  ...districtsEvents,
  ...grantEvents,
  ...serviceEvents,
};

/** Every kind of stream of the context, for those who replay it. */
export const directoryAggregates = [agency, calendar, departments, districts, grant, service] as const;

import { Module } from '@nestjs/common';
import { ReadAgencyEndpoint } from './agency/read-agency/read-agency.endpoint.js';
import { ReadDistrictsEndpoint } from './districts/read-districts/read-districts.endpoint.js';
import { ReadDepartmentsEndpoint } from './departments/read-departments/read-departments.endpoint.js';
import { ReadServiceEndpoint } from './service/read-service/read-service.endpoint.js';
import { ReadCalendarEndpoint } from './calendar/read-calendar/read-calendar.endpoint.js';
import { ReadWorkingTimeEndpoint } from './calendar/read-working-time/read-working-time.endpoint.js';
import { ReadGrantEndpoint } from './grant/read-grant/read-grant.endpoint.js';
import { AgenciesEndpoint } from './read-models/agencies/agencies.endpoint.js';
import { CalendarsEndpoint } from './read-models/calendars/calendars.endpoint.js';
import { RoleHoldersEndpoint } from './read-models/role-holders/role-holders.endpoint.js';
import { ClientGroupsEndpoint } from './read-models/services/client-groups.endpoint.js';
import { ServicesEndpoint } from './read-models/services/services.endpoint.js';

@Module({
  controllers: [
    ReadAgencyEndpoint,
    ReadDistrictsEndpoint,
    ReadDepartmentsEndpoint,
    ReadServiceEndpoint,
    ReadCalendarEndpoint,
    ReadWorkingTimeEndpoint,
    ReadGrantEndpoint,
    AgenciesEndpoint,
    CalendarsEndpoint,
    RoleHoldersEndpoint,
    ClientGroupsEndpoint,
    ServicesEndpoint,
  ],
})
export class DirectoryQueriesModule {}

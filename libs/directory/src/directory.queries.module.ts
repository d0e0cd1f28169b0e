import { Module } from '@nestjs/common';
import { ReadAgencyEndpoint } from './agency/read-agency/read-agency.endpoint.js';
import { ReadDistrictsEndpoint } from './districts/read-districts/read-districts.endpoint.js';
import { ReadDepartmentsEndpoint } from './departments/read-departments/read-departments.endpoint.js';
import { ReadServiceEndpoint } from './service/read-service/read-service.endpoint.js';
import { AgenciesEndpoint } from './read-models/agencies/agencies.endpoint.js';

@Module({
  controllers: [
    ReadAgencyEndpoint,
    ReadDistrictsEndpoint,
    ReadDepartmentsEndpoint,
    ReadServiceEndpoint,
    AgenciesEndpoint,
  ],
})
export class DirectoryQueriesModule {}

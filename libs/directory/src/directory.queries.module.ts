import { Module } from '@nestjs/common';
import { ReadAgencyEndpoint } from './agency/read-agency/read-agency.endpoint.js';
import { ReadDistrictsEndpoint } from './districts/read-districts/read-districts.endpoint.js';
import { AgenciesEndpoint } from './read-models/agencies/agencies.endpoint.js';

@Module({ controllers: [ReadAgencyEndpoint, ReadDistrictsEndpoint, AgenciesEndpoint] })
export class DirectoryQueriesModule {}

import { Module } from '@nestjs/common';
import { ReadAgencyEndpoint } from './agency/read-agency/read-agency.endpoint.js';
import { AgenciesEndpoint } from './read-models/agencies/agencies.endpoint.js';

@Module({ controllers: [ReadAgencyEndpoint, AgenciesEndpoint] })
export class DirectoryQueriesModule {}

import { Module } from '@nestjs/common';
import { ReadAgencyEndpoint } from './agency/read-agency/read-agency.endpoint.js';

@Module({ controllers: [ReadAgencyEndpoint] })
export class DirectoryQueriesModule {}

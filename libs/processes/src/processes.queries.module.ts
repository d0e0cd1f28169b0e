import { Module } from '@nestjs/common';
import { ReadProcessEndpoint } from './process/read-process/read-process.endpoint.js';
import { ActionsDueEndpoint } from './read-models/actions-due/actions-due.endpoint.js';
import { ProcessesEndpoint } from './read-models/processes/processes.endpoint.js';
import { PublicNoticesEndpoint } from './read-models/public-notices/public-notices.endpoint.js';

@Module({ controllers: [ActionsDueEndpoint, ProcessesEndpoint, PublicNoticesEndpoint, ReadProcessEndpoint] })
export class ProcessesQueriesModule {}

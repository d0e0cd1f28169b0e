import { Module } from '@nestjs/common';
import { ScorecardEndpoint } from './read-models/scorecard/scorecard.endpoint.js';

@Module({ controllers: [ScorecardEndpoint] })
export class OverviewQueriesModule {}

import { Module } from '@nestjs/common';
import { ReadIndicatorEndpoint } from './indicator/read-indicator/read-indicator.endpoint.js';
import { PerformanceEndpoint } from './performance/performance.endpoint.js';

@Module({ controllers: [ReadIndicatorEndpoint, PerformanceEndpoint] })
export class IndicatorsQueriesModule {}

import { Module } from '@nestjs/common';
import { ReadIndicatorEndpoint } from './indicator/read-indicator/read-indicator.endpoint.js';
import { ReadOwnerEndpoint } from './indicator/read-owner/read-owner.endpoint.js';
import { ReadPeriodsEndpoint } from './ledger-register/read-periods/read-periods.endpoint.js';
import { PerformanceEndpoint } from './performance/performance.endpoint.js';
import { LedgerReadings } from './reading-ledger/ledger-readings.js';
import { ReadReadingsEndpoint } from './reading-ledger/read-readings/read-readings.endpoint.js';

@Module({
  controllers: [
    ReadIndicatorEndpoint,
    ReadOwnerEndpoint,
    ReadPeriodsEndpoint,
    ReadReadingsEndpoint,
    PerformanceEndpoint,
  ],
  providers: [LedgerReadings],
})
export class IndicatorsQueriesModule {}

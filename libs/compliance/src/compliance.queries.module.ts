import { Module } from '@nestjs/common';
import { ReadBreachEndpoint } from './breach/read-breach/read-breach.endpoint.js';
import { ReadPeriodEndpoint } from './compliance-period/read-period/read-period.endpoint.js';
import { VerifyPeriodEndpoint } from './compliance-period/verify-period/verify-period.endpoint.js';
import { BreachRegisterEndpoint } from './read-models/breach-register/breach-register.endpoint.js';
import { IndicatorReadings } from './compliance-period/indicator-readings.js';

@Module({
  controllers: [ReadPeriodEndpoint, VerifyPeriodEndpoint, ReadBreachEndpoint, BreachRegisterEndpoint],
  providers: [IndicatorReadings],
})
export class ComplianceQueriesModule {}

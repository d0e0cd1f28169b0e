import { Module } from '@nestjs/common';
import { BreachFollowUp } from './breach/follow-compliance-period.process.js';
import {
  CutOffPeriodEndpoint,
  CutOffPeriodHandler,
} from './compliance-period/cut-off-period/cut-off-period.endpoint.js';
import {
  EvaluatePeriodEndpoint,
  EvaluatePeriodHandler,
} from './compliance-period/evaluate-period/evaluate-period.endpoint.js';
import {
  FinalisePeriodEndpoint,
  FinalisePeriodHandler,
} from './compliance-period/finalise-period/finalise-period.endpoint.js';
import { OpenPeriodEndpoint, OpenPeriodHandler } from './compliance-period/open-period/open-period.endpoint.js';
import { IndicatorReadings } from './compliance-period/indicator-readings.js';

@Module({
  controllers: [OpenPeriodEndpoint, CutOffPeriodEndpoint, EvaluatePeriodEndpoint, FinalisePeriodEndpoint],
  providers: [
    OpenPeriodHandler,
    CutOffPeriodHandler,
    EvaluatePeriodHandler,
    FinalisePeriodHandler,
    BreachFollowUp,
    IndicatorReadings,
  ],
})
export class ComplianceCommandsModule {}

import { StreamDecider } from '@app/event-store';
import { Problem, Public, problems, revised, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import { compliancePeriod, compliancePeriodId, hasFigures } from '../compliance-period.state.js';
import { evidenceOf } from '../evidence.js';
import { IndicatorReadings } from '../indicator-readings.js';
import { verify, type Verification } from './verify-period.js';

@Controller('v1/agencies/:agency/agreements/:agreement/periods/:period/verification')
export class VerifyPeriodEndpoint {
  constructor(
    private readonly decider: StreamDecider,
    private readonly readings: IndicatorReadings,
  ) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('agreement') agreement: string,
    @Param('period') period: string,
  ): Promise<Revised<Verification>> {
    const id = compliancePeriodId(agreement, period);
    const { state, revision } = await this.decider.load(compliancePeriod, agency, id);
    if (!hasFigures(state)) throw new Problem(problems.notFound, 'The period has no figures yet.');
    return revised(verify(state, await evidenceOf(this.decider, this.readings, agency, id)), revision);
  }
}

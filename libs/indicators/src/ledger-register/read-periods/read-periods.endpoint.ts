import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { boundsOf, type PeriodKey } from '@app/kernel';
import { Controller, Get, Param } from '@nestjs/common';
import { indicator } from '../../indicator/indicator.state.js';
import { ledgerRegister } from '../ledger-register.state.js';

export interface PeriodsAnswer {
  readonly agency: string;
  readonly indicator: string;
  /** Half-open, in UTC. */
  readonly periods: readonly { readonly period: PeriodKey; readonly from: string; readonly to: string }[];
}

/** Which ledgers an indicator has; of a derived one, those that it reads. */
@Controller('v1/agencies/:agency/indicators/:indicator/periods')
export class ReadPeriodsEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<PeriodsAnswer>> {
    const { state: described } = await this.decider.load(indicator, agency, id);
    if (described.status === 'undefined') throw new Problem(problems.notFound);
    const { readsFrom, timeZone, fiscalYearStart } = described.card;
    const { state, revision } = await this.decider.load(ledgerRegister, agency, readsFrom ?? id, at);
    const periods = [...state.periods].sort().map((period) => {
      const { from, to } = boundsOf(period, timeZone, fiscalYearStart);
      return { period, from: from.toISOString(), to: to.toISOString() };
    });
    return revised({ agency, indicator: id, periods }, revision);
  }
}

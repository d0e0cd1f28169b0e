import { StreamDecider } from '@app/event-store';
import { AsOf, Problem, Public, problems, revised, type PointInLog, type Revised } from '@app/http';
import { Controller, Get, Param } from '@nestjs/common';
import type { IndicatorCard } from '../indicator.events.js';
import { indicator, type CardVersion } from '../indicator.state.js';

export interface IndicatorAnswer {
  readonly agency: string;
  readonly indicator: string;
  readonly revision: string;
  readonly status: 'defined' | 'retired';
  readonly retiredFor?: string;
  /** Of the newest card. */
  readonly version: number;
  readonly card: IndicatorCard;
  readonly versions: readonly CardVersion[];
}

/** Open data: the card and all its versions. */
@Controller('v1/agencies/:agency/indicators/:indicator')
export class ReadIndicatorEndpoint {
  constructor(private readonly decider: StreamDecider) {}

  @Get()
  @Public()
  async get(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @AsOf() at: PointInLog,
  ): Promise<Revised<IndicatorAnswer>> {
    const { state, revision } = await this.decider.load(indicator, agency, id, at);
    if (state.status === 'undefined') throw new Problem(problems.notFound);
    const { effectiveFromPeriod: _effectiveFromPeriod, owner: _owner, ...open } = state;
    return revised({ agency, indicator: id, revision: revision.toString(), ...open }, revision);
  }
}

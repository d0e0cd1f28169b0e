import { StreamDecider } from '@app/event-store';
import { indicator } from '@app/indicators/events';
import { Injectable } from '@nestjs/common';
import type { IndicatorCard } from './objective.js';

/** What agreements ask of the indicators: the card as it stands now. */
@Injectable()
export class IndicatorCards {
  constructor(private readonly decider: StreamDecider) {}

  async find(agency: string, indicatorId: string): Promise<IndicatorCard | undefined> {
    const { state } = await this.decider.facts.load(indicator, agency, indicatorId);
    if (state.status === 'undefined') return undefined;
    const { direction, disaggregations, reportingCycle, fiscalYearStart, qualityDimension } = state.card;
    return { direction, dimensions: disaggregations, reportingCycle, fiscalYearStart, qualityDimension };
  }
}

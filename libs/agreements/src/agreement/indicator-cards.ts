import type { IndicatorCard } from './objective.js';

/** What agreements ask of the indicators: the card as it stands now. */
export abstract class IndicatorCards {
  abstract find(agency: string, indicatorId: string): Promise<IndicatorCard | undefined>;
}

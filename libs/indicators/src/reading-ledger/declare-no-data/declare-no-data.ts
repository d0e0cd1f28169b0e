import { Command, ensure, type Decide } from '@app/kernel';
import type { IndicatorCard } from '../../indicator/indicator.events.js';
import { ensureDimensions } from '../reading-checks.js';
import { scopeOf, type Dimensions } from '../reading-content.js';
import type { ReadingLedgerEvent, Volume } from '../reading-ledger.events.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { aReadingStandsFor, type ReadingLedger } from '../reading-ledger.state.js';

export class DeclareNoData extends Command<{
  /** A dimension left out stands for all its values. */
  readonly dimensions: Dimensions;
  readonly volume: Volume;
  readonly reason: string;
}> {}

export interface DeclareFacts {
  /** The card in force for the period. */
  readonly card: IndicatorCard;
  readonly retired: boolean;
  readonly districtExists: boolean;
}

export const declareNoData: Decide<DeclareNoData, ReadingLedger, ReadingLedgerEvent, DeclareFacts> = (
  { data: { dimensions, volume, reason }, metadata: { actor } },
  ledger,
  { card, retired, districtExists },
) => {
  ensureDimensions(dimensions, { card, districtExists });
  ensure(reason.trim() !== '', readingLedgerRules.noDataIsDeclaredForAReason, '/reason');
  ensure(!aReadingStandsFor(ledger, dimensions), readingLedgerRules.noDataIsDeclaredWhereNothingStands, '/dimensions');
  const declared = ledger.noData.find((one) => scopeOf(one.dimensions) === scopeOf(dimensions));
  if (declared?.volume === volume && declared.reason === reason) return [];
  ensure(!retired, readingLedgerRules.aRetiredIndicatorTakesNoReadings);
  ensure(ledger.cutOffAt === undefined, readingLedgerRules.aCutOffLedgerTakesNoNewReadings);
  return [{ type: 'NoDataDeclared', data: { dimensions, volume, reason, by: actor.person } }];
};

import { districts, isDistrictName } from '@app/directory/events';
import type { AggregateReader } from '@app/event-store';
import { ensure, isPeriodKey, type PeriodKey } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import { cardFor, indicator, type Defined, type Retired } from '../indicator/indicator.state.js';
import { ledgerRegisterRules } from '../ledger-register/ledger-register.rules.js';
import type { Dimensions } from './reading-content.js';
import { readingLedgerRules } from './reading-ledger.rules.js';

/** What a ledger is kept under. */
export interface LedgerTerms {
  /** In force for the period. */
  readonly card: IndicatorCard;
  readonly retired: boolean;
  readonly owner?: string | undefined;
}

/** The indicator that readings are sent to. */
export async function keeperOf(reader: AggregateReader, agency: string, id: string): Promise<Defined | Retired> {
  const { state } = await reader.load(indicator, agency, id);
  ensure(state.status !== 'undefined', readingLedgerRules.readingsBelongToADefinedIndicator);
  const { readsFrom } = state.card;
  ensure(readsFrom === undefined, readingLedgerRules.aDerivedIndicatorKeepsNoLedger, '', `It reads ${readsFrom}.`);
  return state;
}

/** Refuses a text that is no period of the indicator, before it becomes part of a stream name. */
export function termsFor(keeper: Defined | Retired, period: PeriodKey): LedgerTerms {
  const { reportingCycle } = keeper.card;
  const rule = ledgerRegisterRules.aPeriodFollowsTheReportingCycle;
  ensure(isPeriodKey(period, reportingCycle), rule, '/period', `It is reported by ${reportingCycle}.`);
  return { card: cardFor(keeper, period).card, retired: keeper.status === 'retired', owner: keeper.owner?.person };
}

/** Of the ledger `on-time/2011-07`. */
export async function termsOf(reader: AggregateReader, agency: string, ledger: string): Promise<LedgerTerms> {
  const slash = ledger.lastIndexOf('/');
  return termsFor(await keeperOf(reader, agency, ledger.slice(0, slash)), ledger.slice(slash + 1));
}

export type DistrictNames = (card: IndicatorCard, dimensions: Dimensions) => boolean;

/** Says whether the district that a reading names, if any, is one of the agency: asked often, looked up once a name. */
export async function districtsOf(reader: AggregateReader, agency: string): Promise<DistrictNames> {
  const { state } = await reader.load(districts, agency, agency);
  const known = new Map<string, boolean>();
  return ({ districtDimension }, dimensions) => {
    const name = districtDimension === undefined ? '' : (dimensions[districtDimension] ?? '');
    if (name === '') return true;
    const exists = known.get(name) ?? isDistrictName(state, name);
    known.set(name, exists);
    return exists;
  };
}

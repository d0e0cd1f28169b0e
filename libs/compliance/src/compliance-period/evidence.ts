import { agreement, type Objective } from '@app/agreements/events';
import type { StreamDecider } from '@app/event-store';
import { cycleOf } from '@app/kernel';
import type { Opening } from './compliance-period.events.js';
import {
  compliancePeriod,
  compliancePeriodId,
  type Final,
  type CompliancePeriodState,
} from './compliance-period.state.js';
import type { CutOffFacts } from './cut-off-period/cut-off-period.js';
import type { EvaluateFacts } from './evaluate-period/evaluate-period.js';
import { wholeScope, type Measure } from './evaluation.js';
import type { IndicatorReadings } from './indicator-readings.js';
import { periodBefore } from './periods.js';

type Reader = Pick<StreamDecider, 'load'>;
type CutOffState = Extract<CompliancePeriodState, { readonly cutOff: unknown }>;

/** For the cut-off: where the indicators of the period and their ledgers stand at this moment. */
export async function readingsAsTheyStand(
  reader: Reader,
  readings: IndicatorReadings,
  agency: string,
  periodId: string,
): Promise<CutOffFacts> {
  const { state } = await reader.load(compliancePeriod, agency, periodId);
  if (state.status !== 'open') return { indicators: [], readings: [] };
  const { period } = state.opening;
  const objectives = await objectivesOf(reader, agency, state.opening);
  const ids = [...new Set(objectives.map(({ indicatorId }) => indicatorId))].sort();
  const pins = await Promise.all(ids.map((id) => readings.pin(agency, id, period)));
  return {
    indicators: pins.map(({ indicator }) => indicator),
    readings: pins.flatMap(({ ledgers }) => ledgers),
  };
}

/** For an evaluation and for its verification: everything at the pinned revisions, and the final period before. */
export async function evidenceOf(
  reader: Reader,
  readings: IndicatorReadings,
  agency: string,
  periodId: string,
): Promise<EvaluateFacts> {
  const { state } = await reader.load(compliancePeriod, agency, periodId);
  if (!('cutOff' in state)) return { objectives: [], measures: [] };
  const { opening } = state;
  const objectives = await objectivesOf(reader, agency, opening);
  const measures = await Promise.all(objectives.map((objective) => measured(readings, agency, state, objective)));
  const before = compliancePeriodId(opening.agreementId, periodBefore(opening.period));
  const { state: previous } = await reader.load(compliancePeriod, agency, before);
  return {
    objectives,
    measures: measures.flat(),
    ...(previous.status === 'final' ? { previous: neighbour(previous) } : {}),
  };
}

/** The objectives that a period judges: those of the pinned agreement whose window it is. */
async function objectivesOf(reader: Reader, agency: string, opening: Opening): Promise<readonly Objective[]> {
  const revision = BigInt(opening.agreementRevision);
  const { state } = await reader.load(agreement, agency, opening.agreementId, { revision });
  if (state.status === 'undrafted') return [];
  return state.terms.objectives.filter(({ window }) => window === cycleOf(opening.period));
}

/** The whole first, then every scope that has a floor. */
async function measured(
  readings: IndicatorReadings,
  agency: string,
  { opening, cutOff }: CutOffState,
  { objectiveId, indicatorId, perScopeFloor }: Objective,
): Promise<readonly Measure[]> {
  const indicator = cutOff.indicators.find((pin) => pin.indicatorId === indicatorId);
  if (indicator === undefined) return [];
  const asked = {
    agency,
    indicator,
    ledgers: cutOff.readings.filter((pin) => pin.indicatorId === indicatorId),
    period: opening.period,
    validAt: cutOff.at,
  };
  const whole = await readings.figures(asked);
  const dimension = perScopeFloor?.dimension;
  const scopes = dimension === undefined ? [] : await readings.figures({ ...asked, dimension });
  return [
    ...whole.map((figure) => ({ objectiveId, scope: wholeScope, ...figure })),
    ...scopes
      .map((figure) => ({ objectiveId, scope: `${dimension}=${figure.dimensionValue ?? ''}`, ...figure }))
      .sort((left, right) => (left.scope < right.scope ? -1 : 1)),
  ];
}

const neighbour = ({ opening, evaluation }: Final): NonNullable<EvaluateFacts['previous']> => ({
  pin: { period: opening.period, resultHash: evaluation.resultHash },
  missed: evaluation.results
    .filter(({ verdict }) => verdict === 'NotMet')
    .map(({ objectiveId, scope, repeatCount }) => ({ objectiveId, scope, repeatCount })),
});

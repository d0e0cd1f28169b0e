import { Command, cycleOf, ensure, type Decide } from '@app/kernel';
import { draftOf, same, says } from '../editing.js';
import type { Measurement } from '../measurement.js';
import { daysOf } from '../plan-days.js';
import type { CurrentStandard, PlanEvent, StandardDimension } from '../plan.events.js';
import { planRules } from '../plan.rules.js';
import type { PlanState } from '../plan.state.js';

export class RecordCurrentStandard extends Command<{
  readonly standardId: string;
  readonly serviceId: string;
  readonly dimension: StandardDimension;
  readonly title: string;
  readonly indicatorId?: string;
  /** Values of the indicator's dimensions. */
  readonly scope: Readonly<Record<string, string>>;
  /** Of the readings that the figure is taken from. */
  readonly period?: string;
  /** For a standard that no indicator measures. */
  readonly text?: string;
  /** Why there is no figure. */
  readonly noData?: string;
}> {}

/** What is known of the indicator and of its readings; undefined where the command names no indicator, or an unknown one. */
export interface CurrentStandardFacts {
  /** Dimensions that the indicator is broken down by; undefined: it is not defined. */
  readonly dimensions?: readonly string[];
  readonly fiscalYearStart?: number;
  /** Of the scope in the period. */
  readonly measurement?: Measurement;
}

export const recordCurrentStandard: Decide<RecordCurrentStandard, PlanState, PlanEvent, CurrentStandardFacts> = (
  command,
  given,
  facts,
) => {
  const { standardId, serviceId, dimension, title, indicatorId, scope } = command.data;
  const { keyServices, standards } = draftOf(given);
  const terms = {
    standardId,
    serviceId,
    dimension,
    title,
    ...(indicatorId === undefined ? {} : { indicatorId }),
    scope: { ...scope },
  };
  const standing = standards.find((one) => one.standardId === standardId);
  if (standing === undefined)
    ensure(
      keyServices.some((one) => one.serviceId === serviceId),
      planRules.aStandardIsOfAKeyService,
      '/service',
    );
  else {
    const { current: _current, desired: _desired, ...its } = standing;
    ensure(same(its, terms), planRules.aStandardKeepsItsMeaning, '/id', `It stands as ${standing.title}.`);
  }
  const current = currentOf(command, facts);
  if (same(standing?.current, current)) return [];
  return [{ type: 'CurrentStandardRecorded', data: { ...terms, current, by: command.metadata.actor.person } }];
};

function currentOf({ data, metadata }: RecordCurrentStandard, facts: CurrentStandardFacts): CurrentStandard {
  const { indicatorId, scope, period, text, noData } = data;
  const isTold = text !== undefined && indicatorId === undefined && period === undefined && noData === undefined;
  const isWithout =
    noData !== undefined && text === undefined && (indicatorId === undefined) === (period === undefined);
  const isMeasured = indicatorId !== undefined && period !== undefined && text === undefined && noData === undefined;
  ensure(
    (isTold && says(text)) || (isWithout && says(noData)) || isMeasured,
    planRules.aStandardIsMeasuredOrTold,
    '',
    'Give an indicator and a period, or a text, or the reason why there is no data.',
  );
  if (indicatorId === undefined) {
    ensure(Object.keys(scope).length === 0, planRules.aScopeUsesDimensionsOfTheIndicator, '/scope');
    return isTold ? { kind: 'described', text } : { kind: 'no-data', reason: noData! };
  }
  const value = measuredIn(period!, metadata.occurredAt, scope, facts);
  if (noData !== undefined) {
    ensure(value === undefined, planRules.noDataIsStatedWhereThereIsNone, '/noData', `The figure is ${value?.value}.`);
    return { kind: 'no-data', reason: noData };
  }
  ensure(value !== undefined, planRules.aBaselineIsTakenFromReadings, '/period');
  return { kind: 'measured', ...value, period: period! };
}

type Figure = Omit<Extract<CurrentStandard, { kind: 'measured' }>, 'kind' | 'period'>;

function measuredIn(
  period: string,
  now: string,
  scope: Readonly<Record<string, string>>,
  { dimensions, fiscalYearStart = 1, measurement }: CurrentStandardFacts,
): Figure | undefined {
  ensure(dimensions !== undefined, planRules.aStandardMeasuresADefinedIndicator, '/indicator');
  const unknown = Object.keys(scope).find((name) => !dimensions.includes(name));
  ensure(unknown === undefined, planRules.aScopeUsesDimensionsOfTheIndicator, '/scope', unknown);
  const days = cycleOf(period) === undefined ? undefined : daysOf(period, fiscalYearStart);
  ensure(days !== undefined && days.from <= now.slice(0, 10), planRules.aBaselineIsOfAPeriodThatHasBegun, '/period');
  if (measurement?.value === undefined) return undefined;
  const { value, unit, direction, indicatorVersion, sample, readings } = measurement;
  return { value, unit, direction, indicatorVersion, sample, readings: readings.map((ref) => ({ ...ref })) };
}

import { EventLog, StreamDecider } from '@app/event-store';
import {
  Readings,
  cardFor,
  figuresOfReadings,
  indicator,
  ledgerRegister,
  mayHoldReadingsOf,
  type Fact,
  type FigureOfIndicator,
  type IndicatorCard,
  type ReadingLedgerEvent,
} from '@app/indicators/events';
import { cycleOf, type PeriodKey } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { Measurement } from './measurement.js';
import type { ReadingRef } from './plan.events.js';

export interface FigureAsked {
  readonly agency: string;
  readonly indicatorId: string;
  readonly period: PeriodKey;
  /** Values of dimensions; none: all readings. */
  readonly scope: Readonly<Record<string, string>>;
  /** RFC 3339: what is open and due then is overdue. */
  readonly validAt: string;
  /** Figures of each value of it are wanted, too. */
  readonly dimension?: string;
}

interface Ledgers {
  readonly agency: string;
  /** Indicator that keeps them. */
  readonly source: string;
  readonly keys: readonly PeriodKey[];
}

/** What plans ask of the indicators: what their readings come to, and which readings these were. */
@Injectable()
export class RecordedFigures {
  constructor(
    private readonly decider: StreamDecider,
    private readonly log: EventLog,
  ) {}

  /** Undefined when the indicator is not defined, or the period is none. */
  async find({
    agency,
    indicatorId,
    period,
    scope,
    validAt,
    dimension,
  }: FigureAsked): Promise<Measurement | undefined> {
    const { state } = await this.decider.load(indicator, agency, indicatorId);
    if (state.status === 'undefined' || cycleOf(period) === undefined) return undefined;
    const { card, version } = cardFor(state, period);
    const source = card.readsFrom ?? indicatorId;
    const attribution = card.kind === 'case' ? card.periodAttribution : 'opening';
    const { state: register } = await this.decider.load(ledgerRegister, agency, source);
    const { fiscalYearStart } = source === indicatorId ? card : await this.cardOf(agency, source);
    const asked = { key: period, fiscalYearStart: card.fiscalYearStart };
    const keys = register.periods.filter((key) => mayHoldReadingsOf(asked, { key, fiscalYearStart }, attribution));
    const readings = new Readings();
    const refs = await this.read({ agency, source, keys: keys.sort() }, readings);
    const figures = (of?: string): readonly FigureOfIndicator[] =>
      figuresOfReadings(inScope(readings.facts(), scope), card, period, new Date(validAt), of);
    const [figure] = figures();
    const { unit, direction } = card;
    const value = figure && shownValue(figure);
    return {
      unit,
      direction,
      indicatorVersion: version,
      sample: figure?.n ?? 0,
      readings: refs,
      ...(value === undefined ? {} : { value }),
      ...(dimension === undefined ? {} : { byValue: figures(dimension).flatMap(namedFigure) }),
    };
  }

  private async cardOf(agency: string, indicatorId: string): Promise<IndicatorCard> {
    const { state } = await this.decider.load(indicator, agency, indicatorId);
    if (state.status === 'undefined') throw new Error(`The indicator ${indicatorId}, which another reads, is gone.`);
    return state.card;
  }

  private async read({ agency, source, keys }: Ledgers, readings: Readings): Promise<readonly ReadingRef[]> {
    const refs: ReadingRef[] = [];
    for (const key of keys) {
      const ledger = `${source}/${key}`;
      let last: bigint | undefined;
      for await (const event of this.log.readStream({ category: 'readings', tenant: agency, id: ledger }, 0n)) {
        readings.add(ledger, event as unknown as ReadingLedgerEvent);
        last = event.revision;
      }
      if (last !== undefined) refs.push({ ledger, revision: last.toString() });
    }
    return refs;
  }
}

const shownValue = ({ n, value, minSample, smallSamples }: FigureOfIndicator): string | undefined =>
  n >= minSample || smallSamples === 'judged' ? value?.toDecimalPlaces(30).toString() : undefined;

/** Readings that do not say the dimension belong to no value of it. */
function namedFigure(figure: FigureOfIndicator): readonly { readonly name: string; readonly value: string }[] {
  const { dimensionValue: name = '' } = figure;
  const value = shownValue(figure);
  return name === '' || value === undefined ? [] : [{ name, value }];
}

function* inScope(facts: Iterable<Fact>, scope: Readonly<Record<string, string>>): Generator<Fact> {
  const wanted = Object.entries(scope);
  for (const fact of facts) if (wanted.every(([name, value]) => (fact.dimensions[name] ?? '') === value)) yield fact;
}

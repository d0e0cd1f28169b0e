import { EventLog, StreamDecider } from '@app/event-store';
import {
  Readings,
  cardsOf,
  figuresOf,
  figuresOfReadings,
  indicator,
  type Fact,
  type ReadingLedgerEvent,
} from '@app/indicators/events';
import { firstDayOf, type Decimal, type PeriodKey, type Position } from '@app/kernel';
import { ReadModels, type Filter } from '@app/projections';
import { Injectable } from '@nestjs/common';
import { dayAfter } from '../../goal-progress/trajectory.js';
import {
  indicatorDocumentId,
  planBook,
  type BookedDocument,
  type BookedIndicator,
  type IndicatorState,
} from './plan-book.js';

/** Up to and including this position or recording time; neither: all that is known. */
export interface KnownAt {
  readonly position?: Position;
  readonly recordedAt?: Date;
}

type Known = Exclude<IndicatorState, { readonly status: 'undefined' }>;

/** An indicator with everything that was read of it. */
export interface Measured {
  readonly state: Known;
  readonly facts: readonly Fact[];
}

export interface PeriodFigure {
  readonly period: PeriodKey;
  /** First day after the period. */
  readonly endsOn: string;
  /** Unrounded. */
  readonly amount: Decimal;
}

interface Ledger {
  readonly revision: bigint;
  readonly readings: Readings;
}

const mostLedgers = 4_000;

/**
 * Readings of the indicators that plans name. What was read of a ledger before is kept in memory, and only the events after it are
 * read: their revisions stand in the book.
 */
@Injectable()
export class Measures {
  readonly #ledgers = new Map<string, Promise<Ledger>>();

  constructor(
    private readonly readModels: ReadModels,
    private readonly decider: StreamDecider,
    private readonly log: EventLog,
  ) {}

  async of(agency: string, indicatorIds: readonly string[], at: KnownAt = {}): Promise<ReadonlyMap<string, Measured>> {
    const cards = await this.cards(agency, indicatorIds, at);
    const sources = await this.find(
      agency,
      [...cards].map(([id, { state }]) => state.card.readsFrom ?? id),
    );
    const measured = await Promise.all(
      [...cards].map(async ([id, { state }]): Promise<readonly [string, Measured]> => {
        const source = sources.get(state.card.readsFrom ?? id);
        return [id, { state, facts: source === undefined ? [] : await this.facts(source, at) }];
      }),
    );
    return new Map(measured);
  }

  /** What the indicators are, without what was read of them. */
  async cards(
    agency: string,
    indicatorIds: readonly string[],
    at: KnownAt = {},
  ): Promise<ReadonlyMap<string, Pick<Measured, 'state'>>> {
    const booked = await this.find(agency, indicatorIds);
    const known = await Promise.all(
      [...booked].map(
        async ([id, { state: now }]): Promise<readonly (readonly [string, Pick<Measured, 'state'>])[]> => {
          const state = isPast(at) ? (await this.decider.load(indicator, agency, id, at)).state : now;
          return state.status === 'undefined' ? [] : [[id, { state }]];
        },
      ),
    );
    return new Map(known.flat());
  }

  private async find(agency: string, indicatorIds: readonly string[]): Promise<Map<string, BookedIndicator>> {
    if (indicatorIds.length === 0) return new Map();
    const ids = [...new Set(indicatorIds)].map((id) => indicatorDocumentId(agency, id));
    const filter: Filter<BookedDocument> = { _id: { $in: ids } };
    const documents = (await this.readModels.collection(planBook).find(filter).toArray()) as BookedIndicator[];
    return new Map(documents.map((one) => [one.indicator, one]));
  }

  private async facts({ agency, indicator: id, ledgers }: BookedIndicator, at: KnownAt): Promise<readonly Fact[]> {
    const periods = Object.entries(ledgers).sort(([left], [right]) => (left < right ? -1 : 1));
    const read = await Promise.all(
      periods.map(([period, revision]) =>
        isPast(at)
          ? this.readUntil(agency, `${id}/${period}`, at)
          : this.current(agency, `${id}/${period}`, BigInt(revision)),
      ),
    );
    return read.flatMap((readings) => [...readings.facts()]);
  }

  private async current(agency: string, ledger: string, revision: bigint): Promise<Readings> {
    const key = `${agency}/${ledger}`;
    if (this.#ledgers.size > mostLedgers) this.#ledgers.clear();
    const before = this.#ledgers.get(key) ?? Promise.resolve({ revision: -1n, readings: new Readings() });
    const next = before.then((kept) => this.readOn(agency, ledger, kept, revision));
    this.#ledgers.set(key, next);
    try {
      return (await next).readings;
    } catch (error) {
      this.#ledgers.delete(key);
      throw error;
    }
  }

  private async readOn(agency: string, ledger: string, kept: Ledger, to: bigint): Promise<Ledger> {
    if (kept.revision >= to) return kept;
    const stream = { category: 'readings', tenant: agency, id: ledger };
    for await (const event of this.log.readStream(stream, kept.revision + 1n, { to }))
      kept.readings.add(ledger, event as unknown as ReadingLedgerEvent);
    return { revision: to, readings: kept.readings };
  }

  private async readUntil(agency: string, ledger: string, { position, recordedAt }: KnownAt): Promise<Readings> {
    const readings = new Readings();
    for await (const event of this.log.readStream({ category: 'readings', tenant: agency, id: ledger })) {
      if (position !== undefined && isAfter(event.position, position)) break;
      if (recordedAt !== undefined && event.recordedAt > recordedAt) break;
      readings.add(ledger, event as unknown as ReadingLedgerEvent);
    }
    return readings;
  }
}

export const isPast = ({ position, recordedAt }: KnownAt): boolean =>
  position !== undefined || recordedAt !== undefined;

export const isAfter = (left: Position, right: Position): boolean =>
  left.commit > right.commit || (left.commit === right.commit && left.prepare > right.prepare);

const isShown = (n: number, { card }: Known): boolean =>
  n >= card.minSample || card.smallSampleRule === 'shown-with-warning';

/** The figure of each period that has one, in order of time: periods that had begun by then. */
export function figuresByPeriod({ state, facts }: Measured, validAt: Date): readonly PeriodFigure[] {
  const { fiscalYearStart } = state.card;
  return figuresOf(facts, cardsOf(state), ['period'], validAt)
    .flatMap(({ key, n, value }) =>
      value === undefined || !isShown(n, state) ? [] : [{ period: key['period']!, amount: value }],
    )
    .map((figure) => ({ ...figure, endsOn: dayAfter(figure.period, fiscalYearStart) }))
    .sort((left, right) => (left.endsOn < right.endsOn ? -1 : left.endsOn > right.endsOn ? 1 : 0));
}

/** The figure of each value of a dimension in one period; readings without a value are of nobody. */
export const figuresByValue = (
  { state, facts }: Measured,
  period: PeriodKey,
  dimension: string,
  validAt: Date,
): readonly { readonly value: string; readonly amount: Decimal }[] =>
  figuresOf(facts, cardsOf(state), ['period', dimension], validAt).flatMap(({ key, n, value: amount }) =>
    key['period'] !== period || key[dimension] === '' || amount === undefined || !isShown(n, state)
      ? []
      : [{ value: key[dimension]!, amount }],
  );

/** The figure of one period, which may be longer than the cycle of the indicator, within values of its dimensions. */
export function figureIn(
  { state, facts }: Measured,
  period: PeriodKey,
  scope: Readonly<Record<string, string>>,
  validAt: Date,
): Decimal | undefined {
  if (new Date(`${firstDayOf(period, state.card.fiscalYearStart)}T00:00:00Z`) > validAt) return undefined;
  const wanted = Object.entries(scope);
  const within = facts.filter((fact) => wanted.every(([name, value]) => (fact.dimensions[name] ?? '') === value));
  const [figure] = figuresOfReadings(within, state.card, period, validAt);
  return figure === undefined || !isShown(figure.n, state) ? undefined : figure.value;
}

import { boundsOf, cycleOf, firstDayOf, instantSeconds, periodOf, type PeriodKey } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import { cardFor, type Defined, type Retired } from '../indicator/indicator.state.js';
import { CaseTally, caseColumns, type CaseFigures } from './case-tally.js';
import type { Figure } from './figure.js';
import type { Fact } from './facts.js';
import { RatioTally, ratioColumns, type RatioFigures } from './ratio-tally.js';
import { ValueTally, valueColumns, type ValueFigures } from './value-tally.js';

/** The cards of an indicator: each counts the readings of the periods that it is in force for. */
export interface Cards {
  /** The oldest first. */
  readonly all: readonly IndicatorCard[];
  readonly inForceFor: (period: PeriodKey) => IndicatorCard;
}

export function cardsOf(state: Defined | Retired): Cards {
  const all = state.versions.map(({ card }) => card);
  return { all, inForceFor: remembered((period) => cardFor(state, period).card) };
}

/** Calendar arithmetic is slow, and thousands of readings ask it about a few periods. */
function remembered<Answer>(ask: (period: PeriodKey) => Answer): (period: PeriodKey) => Answer {
  const answers = new Map<PeriodKey, Answer>();
  return (period) => {
    let answer = answers.get(period);
    if (answer === undefined) answers.set(period, (answer = ask(period)));
    return answer;
  };
}

export interface Keyed {
  /** Values by name: `period` and dimensions, in the order that was asked for. */
  readonly key: Readonly<Record<string, string>>;
}
export type CaseRow = Keyed & CaseFigures;
export type PerformanceRow = Keyed & (CaseFigures | RatioFigures | ValueFigures);

export const figureColumns = { case: caseColumns, ratio: ratioColumns, value: valueColumns } as const;

interface Tally {
  add(fact: Fact, card: IndicatorCard, now: number): void;
  figure(card: IndicatorCard): Figure;
  row(card: IndicatorCard): CaseFigures | RatioFigures | ValueFigures;
}

interface Group extends Keyed {
  /** Of the readings that count in it, the newest. */
  card: IndicatorCard;
  readonly tally: Tally;
}

const tallies: Record<IndicatorCard['kind'], new () => Tally> = {
  case: CaseTally,
  ratio: RatioTally,
  value: ValueTally,
};

/** Figures of each group of readings as they stood at `validAt`, rounded as the card in force says. */
export const performanceOf = (
  facts: Iterable<Fact>,
  cards: Cards,
  groupBy: readonly string[],
  validAt: Date,
): PerformanceRow[] =>
  grouped(facts, cards, groupBy, validAt).map(({ key, card, tally }) => ({ key, ...tally.row(card) }));

/** The figure of each group of readings by the aggregation of the card in force, unrounded. */
export const figuresOf = (
  facts: Iterable<Fact>,
  cards: Cards,
  groupBy: readonly string[],
  validAt: Date,
): (Keyed & Figure)[] =>
  grouped(facts, cards, groupBy, validAt).map(({ key, card, tally }) => ({ key, ...tally.figure(card) }));

function grouped(facts: Iterable<Fact>, cards: Cards, groupBy: readonly string[], validAt: Date): Group[] {
  const now = validAt.getTime() / 1000;
  const [{ timeZone, fiscalYearStart }] = cards.all as readonly [IndicatorCard];
  const hasBegun = remembered((period) => boundsOf(period, timeZone, fiscalYearStart).from <= validAt);
  const groups = new Map<string, Group>();
  for (const fact of facts) {
    if (fact.voided) continue;
    const standing = standingAt(fact, now);
    if (standing === undefined) continue;
    for (const card of cards.all) {
      const period = periodIn(standing, card);
      if (period === undefined || cards.inForceFor(period) !== card) continue;
      if (standing.kind !== 'case' && !hasBegun(standing.period)) continue;
      const values = groupBy.map((name) => (name === 'period' ? period : (fact.dimensions[name] ?? '')));
      const id = JSON.stringify(values);
      let group = groups.get(id);
      if (group === undefined) {
        const key = Object.fromEntries(groupBy.map((name, at) => [name, values[at]!]));
        group = { key, card, tally: new tallies[card.kind]() };
        groups.set(id, group);
      } else if (cards.all.indexOf(card) > cards.all.indexOf(group.card)) group.card = card;
      group.tally.add(standing, card, now);
    }
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** A case counts once it was opened, and is closed only when it had stopped by then. A ratio or value counts once its period began. */
function standingAt(fact: Fact, now: number): Fact | undefined {
  if (fact.kind !== 'case') return fact;
  if (instantSeconds(fact.startedAt) > now) return undefined;
  if (fact.stoppedAt === undefined || instantSeconds(fact.stoppedAt) <= now) return fact;
  const { stoppedAt: _later, ...open } = fact;
  return open;
}

/** The period of a case follows the attribution of the card; undefined for a case that has no such date. */
function periodIn(
  fact: Fact,
  { periodAttribution, reportingCycle, fiscalYearStart }: IndicatorCard,
): PeriodKey | undefined {
  if (fact.kind === 'case') {
    const attributed = { opening: fact.startedAt, due: fact.dueAt, closing: fact.stoppedAt }[periodAttribution];
    return attributed === undefined ? undefined : periodOf(attributed, reportingCycle, fiscalYearStart);
  }
  return cycleOf(fact.period) === reportingCycle
    ? fact.period
    : periodOf(firstDayOf(fact.period, fiscalYearStart), reportingCycle, fiscalYearStart);
}

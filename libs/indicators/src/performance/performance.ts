import { Decimal, instantSeconds, percentOf, periodOf, published, wallClockSeconds } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import type { Fact } from './ledger-pages.js';

/** Figures of one group of cases; decimals as text at the precision of the card, null where there is none. */
export interface PerformanceRow {
  readonly key: Readonly<Record<string, string>>;
  readonly n: number;
  readonly withTarget: number;
  readonly met: number;
  readonly late: number;
  readonly openOverdue: number;
  readonly openNotDue: number;
  readonly noTarget: number;
  readonly percentMet: string | null;
  readonly closed: number;
  readonly medianHours: string | null;
  readonly p90Hours: string | null;
}

interface Group {
  readonly key: Readonly<Record<string, string>>;
  met: number;
  late: number;
  openOverdue: number;
  openNotDue: number;
  noTarget: number;
  readonly seconds: number[];
}

type Terms = Pick<
  IndicatorCard,
  'periodAttribution' | 'reportingCycle' | 'durationClock' | 'denominatorPolicy' | 'decimals'
>;

/**
 * Cases as they stood at `validAt`: opened by then, closed only when they stopped by then.
 * Percent within target and nearest-rank percentiles after domain.md section 9, formulas 1 and 2.
 */
export function performanceOf(
  facts: Iterable<Fact>,
  card: Terms,
  groupBy: readonly string[],
  validAt: Date,
): PerformanceRow[] {
  const now = validAt.getTime() / 1000;
  const clock = card.durationClock === 'wall-clock' ? wallClockSeconds : instantSeconds;
  const groups = new Map<string, Group>();
  for (const fact of facts) {
    if (instantSeconds(fact.startedAt) > now) continue;
    const stoppedAt =
      fact.stoppedAt !== undefined && instantSeconds(fact.stoppedAt) <= now ? fact.stoppedAt : undefined;
    const attributed = { opening: fact.startedAt, due: fact.dueAt, closing: stoppedAt }[card.periodAttribution];
    if (attributed === undefined) continue;
    const values = groupBy.map((name) =>
      name === 'period' ? periodOf(attributed, card.reportingCycle) : (fact.dimensions[name] ?? ''),
    );
    const id = JSON.stringify(values);
    let group = groups.get(id);
    if (group === undefined) {
      const key = Object.fromEntries(groupBy.map((name, at) => [name, values[at]!]));
      group = { key, met: 0, late: 0, openOverdue: 0, openNotDue: 0, noTarget: 0, seconds: [] };
      groups.set(id, group);
    }
    if (fact.dueAt === undefined) group.noTarget += 1;
    else if (stoppedAt !== undefined) {
      if (instantSeconds(stoppedAt) <= instantSeconds(fact.dueAt)) group.met += 1;
      else group.late += 1;
    } else if (instantSeconds(fact.dueAt) < now) group.openOverdue += 1;
    else group.openNotDue += 1;
    if (stoppedAt !== undefined) group.seconds.push(clock(stoppedAt) - clock(fact.startedAt));
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => rowOf(group, card));
}

function rowOf({ key, met, late, openOverdue, openNotDue, noTarget, seconds }: Group, card: Terms): PerformanceRow {
  const withTarget = met + late + openOverdue + openNotDue;
  const decided = {
    'completed-and-overdue': met + late + openOverdue,
    'completed-only': met + late,
    'all-with-target': withTarget,
  }[card.denominatorPolicy];
  const sorted = Float64Array.from(seconds).sort();
  const text = (value: Decimal | undefined): string | null =>
    value === undefined ? null : published(value, card.decimals);
  const hours = (twiceTheSeconds: number): Decimal => new Decimal(twiceTheSeconds).dividedBy(7200);
  const middle = (offset: number): number => sorted[Math.floor((sorted.length - offset) / 2)]!;
  const nothing = sorted.length === 0;
  return {
    key,
    n: withTarget + noTarget,
    withTarget,
    met,
    late,
    openOverdue,
    openNotDue,
    noTarget,
    percentMet: text(percentOf(met, decided)),
    closed: sorted.length,
    medianHours: nothing ? null : text(hours(middle(0) + middle(1))),
    p90Hours: nothing ? null : text(hours(2 * sorted[Math.ceil((sorted.length * 9) / 10) - 1]!)),
  };
}

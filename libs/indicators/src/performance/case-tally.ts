import { Decimal, instantSeconds, percentOf, wallClockSeconds } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import type { CaseFact } from './facts.js';
import { middles, ninetieth } from './order-statistics.js';
import { Published, type Sample } from './sample.js';
import type { Figure } from './figure.js';

/** Figures of cases; decimals as text at the precision of the card, null where there is none. */
export interface CaseFigures {
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
  readonly sample?: Sample;
}

export const caseColumns = [
  'n',
  'withTarget',
  'met',
  'late',
  'openOverdue',
  'openNotDue',
  'noTarget',
  'percentMet',
  'closed',
  'medianHours',
  'p90Hours',
  'sample',
] as const;

/** Counts cases one by one, each under the card that it is counted by. Formulas 1 and 2 of domain.md section 9. */
export class CaseTally {
  #met = 0;
  #late = 0;
  #openOverdue = 0;
  #openNotDue = 0;
  #noTarget = 0;
  /** Cases that the denominator policy counts. */
  #decided = 0;
  readonly #seconds: number[] = [];

  /** @param now epoch seconds at which an open case is overdue or not */
  add(
    { startedAt, stoppedAt, dueAt }: CaseFact,
    { denominatorPolicy, durationClock }: IndicatorCard,
    now: number,
  ): void {
    if (stoppedAt !== undefined) {
      const clock = durationClock === 'wall-clock' ? wallClockSeconds : instantSeconds;
      this.#seconds.push(clock(stoppedAt) - clock(startedAt));
    }
    if (dueAt === undefined) this.#noTarget += 1;
    else if (stoppedAt !== undefined) {
      if (instantSeconds(stoppedAt) <= instantSeconds(dueAt)) this.#met += 1;
      else this.#late += 1;
      this.#decided += 1;
    } else if (instantSeconds(dueAt) < now) {
      this.#openOverdue += 1;
      if (denominatorPolicy !== 'completed-only') this.#decided += 1;
    } else {
      this.#openNotDue += 1;
      if (denominatorPolicy === 'all-with-target') this.#decided += 1;
    }
  }

  /** Unrounded, of the cases that the denominator policy counts. */
  figure(): Figure {
    const value = percentOf(this.#met, this.#decided);
    return { n: this.#decided, ...(value === undefined ? {} : { value }) };
  }

  row(card: IndicatorCard): CaseFigures {
    const withTarget = this.#met + this.#late + this.#openOverdue + this.#openNotDue;
    const sorted = Float64Array.from(this.#seconds).sort();
    const closed = sorted.length;
    const [below, above] = middles(sorted);
    const hours = (seconds: number): Decimal | undefined =>
      closed === 0 ? undefined : new Decimal(seconds).dividedBy(3600);
    const figures = new Published(card);
    const percentMet = figures.text(this.figure().value, this.#decided);
    const medianHours = figures.text(hours((below + above) / 2), closed);
    const p90Hours = figures.text(hours(ninetieth(sorted)), closed);
    return {
      n: withTarget + this.#noTarget,
      withTarget,
      met: this.#met,
      late: this.#late,
      openOverdue: this.#openOverdue,
      openNotDue: this.#openNotDue,
      noTarget: this.#noTarget,
      percentMet,
      closed,
      medianHours,
      p90Hours,
      ...figures.sample,
    };
  }
}

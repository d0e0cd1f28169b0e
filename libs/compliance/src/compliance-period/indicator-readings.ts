import { EventLog, StreamDecider } from '@app/event-store';
import { indicator, type IndicatorCard, type ReadingLedgerEvent } from '@app/indicators/events';
import type { PeriodKey } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { IndicatorPin, LedgerPin } from './compliance-period.events.js';
import { Cases, figuresOfCases, type FigureOfIndicator } from './figure-of-cases.js';
import { ledgersFor } from './periods.js';

/** Figures of one indicator in one period, at pinned revisions: later events of indicator and ledgers do not count. */
export interface FiguresAsked {
  readonly agency: string;
  readonly indicator: IndicatorPin;
  readonly ledgers: readonly LedgerPin[];
  readonly period: PeriodKey;
  /** What is open and due at this moment is overdue. */
  readonly validAt: string;
  /** Figures per value of this dimension; left out: one figure of the whole. */
  readonly dimension?: string;
}

/** What compliance asks of the indicators: where they stand, and their figures as they stood. */
@Injectable()
export class IndicatorReadings {
  constructor(
    private readonly decider: StreamDecider,
    private readonly log: EventLog,
  ) {}

  /** The indicator, and every ledger whose cases may belong to the period, where they stand now. */
  async pin(
    agency: string,
    indicatorId: string,
    period: PeriodKey,
  ): Promise<{ readonly indicator: IndicatorPin; readonly ledgers: readonly LedgerPin[] }> {
    const { state, revision } = await this.decider.load(indicator, agency, indicatorId);
    if (state.status === 'undefined') throw new Error(`The indicator ${indicatorId} of a signed objective is gone.`);
    const { card } = state;
    const pin = { indicatorId, title: card.title, version: 1, revision: revision.toString() };
    const source = card.readsFrom ?? indicatorId;
    const { reportingCycle } = await this.cardOf(agency, source);
    const keys = ledgersFor(period, reportingCycle, card.periodAttribution);
    const pins = await Promise.all(keys.map((key) => this.pinLedger(agency, indicatorId, `${source}/${key}`)));
    return { indicator: pin, ledgers: pins.flat() };
  }

  async figures(asked: FiguresAsked): Promise<readonly FigureOfIndicator[]> {
    const { agency, ledgers, period, validAt, dimension } = asked;
    const { indicatorId, revision } = asked.indicator;
    const { state } = await this.decider.load(indicator, agency, indicatorId, { revision: BigInt(revision) });
    if (state.status === 'undefined') return [];
    const cases = new Cases();
    for (const { ledger, revision: to } of ledgers) {
      const stream = { category: 'readings', tenant: agency, id: ledger };
      for await (const event of this.log.readStream(stream, 0n, { to: BigInt(to) }))
        cases.add(ledger, event as unknown as ReadingLedgerEvent);
    }
    return figuresOfCases(cases, state.card, period, new Date(validAt), dimension);
  }

  private async cardOf(agency: string, indicatorId: string): Promise<IndicatorCard> {
    const { state } = await this.decider.load(indicator, agency, indicatorId);
    if (state.status === 'undefined') throw new Error(`The indicator ${indicatorId}, which another reads, is gone.`);
    return state.card;
  }

  /** None for a ledger without readings. */
  private async pinLedger(agency: string, indicatorId: string, ledger: string): Promise<readonly LedgerPin[]> {
    const stream = { category: 'readings', tenant: agency, id: ledger };
    for await (const { revision } of this.log.readStream(stream, 0n, { to: 0n, direction: 'backwards' }))
      return [{ indicatorId, ledger, revision: revision.toString() }];
    return [];
  }
}

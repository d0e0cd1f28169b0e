import { EventLog, StreamDecider } from '@app/event-store';
import {
  Readings,
  cardFor,
  figuresOfReadings,
  indicator,
  ledgerRegister,
  mayHoldReadingsOf,
  type FigureOfIndicator,
  type IndicatorCard,
  type ReadingLedgerEvent,
} from '@app/indicators/events';
import type { PeriodKey } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { IndicatorPin, LedgerPin } from './compliance-period.events.js';

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

  /** The version of the card in force for the period, and every ledger whose readings may belong to it, as they stand now. */
  async pin(
    agency: string,
    indicatorId: string,
    period: PeriodKey,
  ): Promise<{ readonly indicator: IndicatorPin; readonly ledgers: readonly LedgerPin[] }> {
    const { state, revision } = await this.decider.load(indicator, agency, indicatorId);
    if (state.status === 'undefined') throw new Error(`The indicator ${indicatorId} of a signed objective is gone.`);
    const { card, version } = cardFor(state, period);
    const pin = { indicatorId, title: card.title, version, revision: revision.toString() };
    const source = card.readsFrom ?? indicatorId;
    const { fiscalYearStart } = await this.cardOf(agency, source);
    const asked = { key: period, fiscalYearStart: card.fiscalYearStart };
    const { state: register } = await this.decider.load(ledgerRegister, agency, source);
    const keys = register.periods.filter((key) =>
      mayHoldReadingsOf(asked, { key, fiscalYearStart }, card.kind === 'case' ? card.periodAttribution : 'opening'),
    );
    const pins = await Promise.all(keys.sort().map((key) => this.pinLedger(agency, indicatorId, `${source}/${key}`)));
    return { indicator: pin, ledgers: pins.flat() };
  }

  async figures(asked: FiguresAsked): Promise<readonly FigureOfIndicator[]> {
    const { agency, ledgers, period, validAt, dimension } = asked;
    const { indicatorId, revision, version } = asked.indicator;
    const { state } = await this.decider.load(indicator, agency, indicatorId, { revision: BigInt(revision) });
    if (state.status === 'undefined') return [];
    const pinned = state.versions.find((one) => one.version === version);
    if (pinned === undefined) throw new Error(`The indicator ${indicatorId} has no version ${version} at ${revision}.`);
    const readings = new Readings();
    for (const { ledger, revision: to } of ledgers) {
      const stream = { category: 'readings', tenant: agency, id: ledger };
      for await (const event of this.log.readStream(stream, 0n, { to: BigInt(to) }))
        readings.add(ledger, event as unknown as ReadingLedgerEvent);
    }
    return figuresOfReadings(readings.facts(), pinned.card, period, new Date(validAt), dimension);
  }

  private async cardOf(agency: string, indicatorId: string): Promise<IndicatorCard> {
    const { state } = await this.decider.load(indicator, agency, indicatorId);
    if (state.status === 'undefined') throw new Error(`The indicator ${indicatorId}, which another reads, is gone.`);
    return state.card;
  }

  /** None for a ledger that was opened and has no readings. */
  private async pinLedger(agency: string, indicatorId: string, ledger: string): Promise<readonly LedgerPin[]> {
    const stream = { category: 'readings', tenant: agency, id: ledger };
    for await (const { revision } of this.log.readStream(stream, 0n, { to: 0n, direction: 'backwards' }))
      return [{ indicatorId, ledger, revision: revision.toString() }];
    return [];
  }
}

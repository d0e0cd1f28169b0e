import { EventLog } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { changed, factOf, type Fact } from '../performance/facts.js';
import type { ReadingContent, ReadingLedgerEvent } from './reading-ledger.events.js';
import { readingLedger } from './reading-ledger.state.js';

/** Readings with all that they say: the state of a ledger keeps only digests of it. */
@Injectable()
export class LedgerReadings {
  constructor(private readonly log: EventLog) {}

  /** Every reading of a ledger, replayed to a revision, in order of entry. */
  async upTo(agency: string, ledger: string, revision: bigint): Promise<readonly Fact[]> {
    const readings: Fact[] = [];
    const stream = { category: readingLedger.category, tenant: agency, id: ledger };
    for await (const event of this.log.readStream(stream, 0n, { to: revision }))
      evolve(readings, event as unknown as ReadingLedgerEvent);
    return readings;
  }

  /** What one reading says now; undefined when it is not there. */
  async find(agency: string, ledger: string, readingId: string): Promise<ReadingContent | undefined> {
    let reading: Fact | undefined;
    const stream = { category: readingLedger.category, tenant: agency, id: ledger };
    for await (const recorded of this.log.readStream(stream)) {
      const event = recorded as unknown as ReadingLedgerEvent;
      if ('readingId' in event.data && event.data.readingId === readingId) reading = evolved(reading, event);
    }
    return reading === undefined ? undefined : contentOf(reading);
  }
}

function evolve(readings: Fact[], event: ReadingLedgerEvent): void {
  if (!('entry' in event.data)) return;
  const { entry } = event.data;
  readings[entry] = evolved(readings[entry], event)!;
}

function evolved(reading: Fact | undefined, event: ReadingLedgerEvent): Fact | undefined {
  switch (event.type) {
    case 'CaseRecorded':
    case 'RatioRecorded':
    case 'ValueRecorded':
      return factOf(event);
    case 'CaseClosed':
    case 'ReadingVerified':
    case 'ReadingCorrected':
    case 'ReadingVoided':
      return reading && changed(reading, event);
    default:
      return reading;
  }
}

function contentOf(reading: Fact): ReadingContent {
  const { id: _id, verified: _verified, corrected: _corrected, voided: _voided, ...said } = reading;
  if (said.kind === 'case') return said;
  const { period: _period, ...content } = said;
  return content;
}

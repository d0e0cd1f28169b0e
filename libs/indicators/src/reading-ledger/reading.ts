import { unhandled } from '@app/kernel';
import type { ReadingContent, ReadingLedgerEvent } from './reading-ledger.events.js';

/** Events of one reading: they name its entry. */
export type ReadingEvent = Exclude<ReadingLedgerEvent, { type: 'NoDataDeclared' | 'ReadingPeriodCutOff' }>;

/** One reading with all that it says. */
export interface Reading {
  readonly id: string;
  readonly entry: number;
  readonly content: ReadingContent;
  /** By somebody who did not capture it, and as it stands: a closing or a correction lifts it. */
  readonly verified: boolean;
  /** It counts in no figure; what it said stays readable. */
  readonly voided: boolean;
  readonly corrections: number;
}

export const isReadingEvent = (event: ReadingLedgerEvent): event is ReadingEvent => 'entry' in event.data;

/**
 * What a reading is after an event of it; undefined before its first.
 * @throws Error when the event is of a reading that is not there.
 */
export function evolveReading(reading: Reading | undefined, event: ReadingEvent): Reading {
  switch (event.type) {
    case 'CaseRecorded': {
      const { entry, readingId, by: _by, ...content } = event.data;
      return recorded(entry, readingId, { kind: 'case', ...content });
    }
    case 'RatioRecorded': {
      const { entry, readingId, by: _by, period: _period, ...content } = event.data;
      return recorded(entry, readingId, { kind: 'ratio', ...content });
    }
    case 'ValueRecorded': {
      const { entry, readingId, by: _by, period: _period, ...content } = event.data;
      return recorded(entry, readingId, { kind: 'value', ...content });
    }
    default:
      if (reading === undefined) throw new Error(`entry ${event.data.entry} is not there`);
      return evolveRecorded(reading, event);
  }
}

const recorded = (entry: number, id: string, content: ReadingContent): Reading => ({
  id,
  entry,
  content,
  verified: false,
  voided: false,
  corrections: 0,
});

function evolveRecorded(
  reading: Reading,
  event: Exclude<ReadingEvent, { type: 'CaseRecorded' | 'RatioRecorded' | 'ValueRecorded' }>,
): Reading {
  switch (event.type) {
    case 'CaseClosed': {
      if (reading.content.kind !== 'case') throw new Error(`entry ${reading.entry} is not a case`);
      return { ...reading, content: { ...reading.content, stoppedAt: event.data.stoppedAt }, verified: false };
    }
    case 'ReadingVerified':
      return { ...reading, verified: true };
    case 'ReadingCorrected':
      return { ...reading, content: event.data.now, verified: false, corrections: reading.corrections + 1 };
    case 'ReadingVoided':
      return { ...reading, voided: true };
    default:
      return unhandled(event);
  }
}

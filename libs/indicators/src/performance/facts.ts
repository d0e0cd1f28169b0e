import type { PeriodKey } from '@app/kernel';
import type { ReadingContent, ReadingLedgerEvent } from '../reading-ledger/reading-ledger.events.js';

/** A reading as figures need it: what it says today, and what was done to it. */
export interface Standing {
  readonly id: string;
  readonly verified?: true;
  readonly corrected?: true;
  /** It keeps its line and counts in no figure. */
  readonly voided?: true;
}

type ContentOf<Kind extends ReadingContent['kind']> = Extract<ReadingContent, { readonly kind: Kind }>;
type Periodic = Standing & { readonly period: PeriodKey };
export type CaseFact = Standing & ContentOf<'case'>;
export type RatioFact = Periodic & ContentOf<'ratio'>;
export type ValueFact = Periodic & ContentOf<'value'>;
export type Fact = CaseFact | RatioFact | ValueFact;

export type LedgerEvent<Type extends ReadingLedgerEvent['type'] = ReadingLedgerEvent['type']> = Extract<
  ReadingLedgerEvent,
  { readonly type: Type }
>;
export type RecordedType = 'CaseRecorded' | 'RatioRecorded' | 'ValueRecorded';
export type ChangeType = 'CaseClosed' | 'ReadingVerified' | 'ReadingCorrected' | 'ReadingVoided';

/** The reading of an event that records one. */
export function factOf(event: LedgerEvent<RecordedType>): Fact {
  switch (event.type) {
    case 'CaseRecorded': {
      const { entry: _entry, readingId: id, by: _by, ...content } = event.data;
      return { id, kind: 'case', ...content };
    }
    case 'RatioRecorded': {
      const { entry: _entry, readingId: id, by: _by, ...content } = event.data;
      return { id, kind: 'ratio', ...content };
    }
    case 'ValueRecorded': {
      const { entry: _entry, readingId: id, by: _by, ...content } = event.data;
      return { id, kind: 'value', ...content };
    }
  }
}

/** The reading after an event that changes it. Closed or corrected, it is no longer what was verified. */
export function changed(fact: Fact, event: LedgerEvent<ChangeType>): Fact {
  switch (event.type) {
    case 'CaseClosed': {
      const { verified: _verified, ...open } = fact as CaseFact;
      return { ...open, stoppedAt: event.data.stoppedAt };
    }
    case 'ReadingVerified':
      return { ...fact, verified: true };
    case 'ReadingCorrected': {
      const period = 'period' in fact ? { period: fact.period } : {};
      return { id: fact.id, ...period, ...event.data.now, corrected: true } as Fact;
    }
    case 'ReadingVoided':
      return { ...fact, voided: true };
  }
}

/** Whether a reading has an oddity that was kept, or was verified or corrected. */
export function hasFlag({ flags, verified, corrected }: Fact, flag: string): boolean {
  if (flag === 'verified') return verified === true;
  if (flag === 'unverified') return verified !== true;
  if (flag === 'corrected') return corrected === true;
  return flags.includes(flag);
}

import { Command, ensure, instantSeconds, type Decide } from '@app/kernel';
import type { IndicatorCard } from '../../indicator/indicator.events.js';
import type { ReadingLedgerEvent } from '../reading-ledger.events.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { contentOf, standingOf, type ReadingLedger } from '../reading-ledger.state.js';

export interface CaseReading {
  readonly id: string;
  readonly kind: 'case';
  /** With offset: the instant and the wall-clock time. */
  readonly startedAt: string;
  readonly stoppedAt?: string;
  readonly dueAt?: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The card is the one that the reading was taken under. */
export class RecordReading extends Command<{ readonly card: IndicatorCard; readonly reading: CaseReading }> {}

/** What is odd but true to the source is kept and flagged, not dropped. */
function flagsOf({ startedAt, dueAt, dimensions }: CaseReading, declared: readonly string[]): string[] {
  const flags = declared.filter((name) => (dimensions[name] ?? '') === '').map((name) => `blank-dimension:${name}`);
  if (dueAt !== undefined && instantSeconds(dueAt) < instantSeconds(startedAt)) flags.unshift('due-before-start');
  return flags;
}

export const recordReading: Decide<RecordReading, ReadingLedger, ReadingLedgerEvent> = (
  { data: { card, reading }, metadata: { actor } },
  ledger,
) => {
  const { id: readingId, kind, startedAt, stoppedAt, dueAt, dimensions } = reading;
  ensure(
    kind === card.kind,
    readingLedgerRules.aReadingIsOfTheKindOfItsIndicator,
    '/kind',
    `It measures a ${card.kind}.`,
  );
  ensure(
    stoppedAt === undefined || instantSeconds(stoppedAt) >= instantSeconds(startedAt),
    readingLedgerRules.aCaseStopsAfterItStarts,
    '/stoppedAt',
  );
  const unknown = Object.keys(dimensions).find((name) => !card.disaggregations.includes(name));
  ensure(
    unknown === undefined,
    readingLedgerRules.aReadingNamesDeclaredDimensions,
    `/dimensions/${unknown ?? ''}`,
    `It declares ${card.disaggregations.join(', ')}.`,
  );
  const standing = standingOf(ledger, readingId);
  if (standing === undefined) {
    return [
      {
        type: 'CaseRecorded',
        data: {
          entry: ledger.entries,
          readingId,
          startedAt,
          ...(stoppedAt === undefined ? {} : { stoppedAt }),
          ...(dueAt === undefined ? {} : { dueAt }),
          dimensions,
          flags: flagsOf(reading, card.disaggregations),
          by: actor.person,
        },
      },
    ];
  }
  const same = standing.content === contentOf(reading);
  if (same && standing.stoppedAt === stoppedAt) return [];
  ensure(
    same && standing.stoppedAt === undefined && stoppedAt !== undefined,
    readingLedgerRules.aReadingThatStandsIsNotRecordedAgain,
    '',
    `Reading ${readingId} stands at entry ${standing.entry}.`,
  );
  return [{ type: 'CaseClosed', data: { entry: standing.entry, readingId, stoppedAt, by: actor.person } }];
};

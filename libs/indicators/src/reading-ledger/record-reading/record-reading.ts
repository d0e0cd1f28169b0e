import { Command, ensure, instantSeconds, unhandled, type Decide, type PeriodKey } from '@app/kernel';
import type { IndicatorCard } from '../../indicator/indicator.events.js';
import { flagsOf } from '../reading-checks.js';
import { digestOf, stopOf, type GivenContent } from '../reading-content.js';
import type { ReadingLedgerEvent } from '../reading-ledger.events.js';
import { readingLedgerRules } from '../reading-ledger.rules.js';
import { standingOf, type ReadingLedger, type Standing } from '../reading-ledger.state.js';

export interface GivenReading {
  readonly id: string;
  readonly period: PeriodKey;
  readonly content: GivenContent;
  /** Held against the card when it is given. */
  readonly unit?: string | undefined;
}

export class RecordReading extends Command<{
  readonly reading: GivenReading;
  /** The card in force for the period. */
  readonly card: IndicatorCard;
  readonly retired: boolean;
  /** Another period in whose ledger the id stands. */
  readonly standsIn?: PeriodKey | undefined;
  /** False when it names a district that the agency does not have. */
  readonly districtExists: boolean;
}> {}

/** Says again what its source said before, or what it was corrected to. */
const isRepeated = (standing: Standing, content: GivenContent): boolean => {
  const [digest, stop] = [digestOf(content), stopOf(content)];
  const { source, sourceStop, content: current, stoppedAt } = standing;
  return (digest === source && stop === sourceStop) || (digest === current && stop === stoppedAt);
};

/** Says of an open case that it has stopped, and nothing else. */
const closes = (standing: Standing, content: GivenContent): boolean =>
  standing.stoppedAt === undefined &&
  stopOf(content) !== undefined &&
  [standing.source, standing.content].includes(digestOf(content));

export const recordReading: Decide<RecordReading, ReadingLedger, ReadingLedgerEvent> = (
  { data: { reading, card, retired, standsIn, districtExists }, metadata: { actor } },
  ledger,
) => {
  const { id: readingId, period, content, unit } = reading;
  const standing = standingOf(ledger, readingId);
  ensure(standing?.status !== 'voided', readingLedgerRules.aVoidedReadingIsLeftAlone);
  if (standing !== undefined && isRepeated(standing, content)) return [];
  const flags = flagsOf(content, { card, unit, districtExists });
  if (standing !== undefined) {
    ensure(
      closes(standing, content),
      readingLedgerRules.aReadingThatStandsIsNotRecordedAgain,
      '',
      `Reading ${readingId} stands at entry ${standing.entry}.`,
    );
    const stoppedAt = stopOf(content)!;
    const isLate = ledger.cutOffAt !== undefined && instantSeconds(stoppedAt) <= instantSeconds(ledger.cutOffAt);
    ensureOpen(!isLate, ledger, '/stoppedAt');
    return [{ type: 'CaseClosed', data: { entry: standing.entry, readingId, stoppedAt, by: actor.person } }];
  }
  ensure(!retired, readingLedgerRules.aRetiredIndicatorTakesNoReadings);
  ensure(standsIn === undefined, readingLedgerRules.aReadingIdStandsInOnePeriod, '/id', `It stands in ${standsIn}.`);
  ensureOpen(ledger.cutOffAt === undefined, ledger, '');
  return [recorded({ entry: ledger.entries, readingId, by: actor.person }, period, content, flags)];
};

function ensureOpen(isOpen: boolean, { cutOffAt }: ReadingLedger, pointer: string): void {
  const rule = readingLedgerRules.aCutOffLedgerTakesNoNewReadings;
  ensure(isOpen, rule, pointer, `It was cut off at ${cutOffAt}.`);
}

function recorded(
  line: { readonly entry: number; readonly readingId: string; readonly by: string },
  period: PeriodKey,
  given: GivenContent,
  flags: string[],
): ReadingLedgerEvent {
  switch (given.kind) {
    case 'case': {
      // Spelled out: what is left of an object without one member is slow to make, and cases come by the ten thousand.
      const { startedAt, stoppedAt, dueAt, dimensions } = given;
      const { entry, readingId, by } = line;
      return {
        type: 'CaseRecorded',
        data: { entry, readingId, startedAt, stoppedAt, dueAt, dimensions, flags, by },
      };
    }
    case 'ratio': {
      const { kind: _kind, ...content } = given;
      return { type: 'RatioRecorded', data: { ...line, period, ...content, flags } };
    }
    case 'value': {
      const { kind: _kind, ...content } = given;
      return { type: 'ValueRecorded', data: { ...line, period, ...content, flags } };
    }
    default:
      return unhandled(given);
  }
}

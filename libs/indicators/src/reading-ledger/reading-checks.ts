import { Decimal, ensure, instantSeconds, isDecimalText } from '@app/kernel';
import type { IndicatorCard } from '../indicator/indicator.events.js';
import type { Dimensions, GivenContent } from './reading-content.js';
import { readingLedgerRules } from './reading-ledger.rules.js';

type CaseContent = Extract<GivenContent, { kind: 'case' }>;
type RatioContent = Extract<GivenContent, { kind: 'ratio' }>;
type ValueContent = Extract<GivenContent, { kind: 'value' }>;

/** What a reading is held against. `under` is where it stands in what the caller sent, as a JSON pointer. */
export interface Held {
  readonly card: IndicatorCard;
  readonly unit?: string | undefined;
  readonly districtExists: boolean;
  readonly under?: string;
}

/** Refuses what its card does not allow; answers the oddities of what is kept all the same. */
export function flagsOf(content: GivenContent, held: Held): string[] {
  const { card, unit, under = '' } = held;
  ensure(
    content.kind === card.kind,
    readingLedgerRules.aReadingIsOfTheKindOfItsIndicator,
    `${under}/kind`,
    `It measures a ${card.kind}.`,
  );
  ensure(
    unit === undefined || unit === card.unit,
    readingLedgerRules.aReadingIsInTheUnitOfItsIndicator,
    `${under}/unit`,
    `It measures in ${card.unit}.`,
  );
  const flags = oddities(content, card, under);
  ensureDimensions(content.dimensions, held);
  const blank = card.disaggregations.filter((name) => (content.dimensions[name] ?? '') === '');
  return [...flags, ...blank.map((name) => `blank-dimension:${name}`)];
}

/** Refuses a dimension that the card does not declare, and a district that the agency does not have. */
export function ensureDimensions(dimensions: Dimensions, { card, districtExists, under = '' }: Held): void {
  const unknown = Object.keys(dimensions).find((name) => !card.disaggregations.includes(name));
  ensure(
    unknown === undefined,
    readingLedgerRules.aReadingNamesDeclaredDimensions,
    `${under}/dimensions/${unknown ?? ''}`,
    `It declares ${card.disaggregations.join(', ')}.`,
  );
  const { districtDimension = '' } = card;
  ensure(
    districtExists,
    readingLedgerRules.aReadingNamesDistrictsThatExist,
    `${under}/dimensions/${districtDimension}`,
    `The agency has no district ${dimensions[districtDimension] ?? ''}.`,
  );
}

function oddities(content: GivenContent, card: IndicatorCard, under: string): string[] {
  if (content.kind === 'case') return odditiesOfCase(content, under);
  const numbers = ['numerator', 'denominator', 'value', 'target'] as const;
  const given = content as Partial<Record<(typeof numbers)[number], string>>;
  for (const name of numbers)
    ensure(isDecimalText(given[name] ?? '0'), readingLedgerRules.aNumberIsAPlainDecimal, `${under}/${name}`);
  const flags = content.kind === 'ratio' ? odditiesOfRatio(content, card, under) : odditiesOfValue(content);
  return content.target !== undefined && new Decimal(content.target).isZero() ? [...flags, 'target-zero'] : flags;
}

function odditiesOfCase({ startedAt, stoppedAt, dueAt }: CaseContent, under: string): string[] {
  ensure(
    stoppedAt === undefined || instantSeconds(stoppedAt) >= instantSeconds(startedAt),
    readingLedgerRules.aCaseStopsAfterItStarts,
    `${under}/stoppedAt`,
  );
  return dueAt !== undefined && instantSeconds(dueAt) < instantSeconds(startedAt) ? ['due-before-start'] : [];
}

function odditiesOfRatio({ numerator, denominator }: RatioContent, card: IndicatorCard, under: string): string[] {
  const missing = numerator === undefined ? 'numerator' : 'denominator';
  ensure(
    (numerator === undefined) === (denominator === undefined),
    readingLedgerRules.aRatioHasBothNumbersOrNeither,
    `${under}/${missing}`,
  );
  if (numerator === undefined || denominator === undefined) return ['no-volume'];
  const [part, whole] = [new Decimal(numerator), new Decimal(denominator)];
  const negative = part.lt(0) ? 'numerator' : 'denominator';
  ensure(!part.lt(0) && !whole.lt(0), readingLedgerRules.aVolumeIsNotNegative, `${under}/${negative}`);
  ensure(
    part.lte(whole) || card.ratioBound === 'unbounded',
    readingLedgerRules.aNumeratorIsNotAboveItsDenominator,
    `${under}/numerator`,
    `${numerator} is above ${denominator}.`,
  );
  return [...(whole.isZero() ? ['no-volume'] : []), ...(part.gt(whole) ? ['numerator-above-denominator'] : [])];
}

const odditiesOfValue = ({ value }: ValueContent): string[] => (value === undefined ? ['no-volume'] : []);

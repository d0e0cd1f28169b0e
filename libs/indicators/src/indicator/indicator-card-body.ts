import { EnumField, IntField, ListField, SlugField, TextField } from '@app/http';
import { indicatorCard, type IndicatorCard } from './indicator.events.js';

const { shape } = indicatorCard;

/** A card as a caller gives it: what is left out is filled in by {@link cardIn}. */
export class IndicatorCardBody {
  @TextField('Title', { maxLength: 200, example: 'Cases closed on time' })
  title: string;
  @TextField('What is measured, in a sentence', { maxLength: 2000 })
  definition: string;
  @EnumField('What a reading is', shape.kind.options, { example: 'case' })
  kind: IndicatorCard['kind'];
  @EnumField(
    'Side of the service that it looks at; left out: Timeliness for cases, else Outcome',
    shape.qualityDimension.options,
    {
      optional: true,
      example: 'Timeliness',
    },
  )
  qualityDimension?: IndicatorCard['qualityDimension'];
  @TextField('Unit', { maxLength: 64, example: 'percent' })
  unit: string;
  @EnumField('Which way is better', shape.direction.options, { example: 'higher-is-better' })
  direction: IndicatorCard['direction'];
  @EnumField(
    'How the readings of a period become one figure; left out: percent-within-target, ratio-of-sums or mean by kind',
    shape.aggregation.options,
    { optional: true, example: 'percent-within-target' },
  )
  aggregation?: IndicatorCard['aggregation'];
  @EnumField('Which cases the share is of', shape.denominatorPolicy.options, { example: 'completed-and-overdue' })
  denominatorPolicy: IndicatorCard['denominatorPolicy'];
  @EnumField('Whether a numerator may be above its denominator; left out: at-most-one', shape.ratioBound.options, {
    optional: true,
    example: 'at-most-one',
  })
  ratioBound?: IndicatorCard['ratioBound'];
  @EnumField('Whether readings add up over the fiscal year; left out: non-cumulative', shape.calculationType.options, {
    optional: true,
    example: 'non-cumulative',
  })
  calculationType?: IndicatorCard['calculationType'];
  @EnumField('Which date says the period of a case', shape.periodAttribution.options, { example: 'opening' })
  periodAttribution: IndicatorCard['periodAttribution'];
  @EnumField('Length of a period', shape.reportingCycle.options, { example: 'month' })
  reportingCycle: IndicatorCard['reportingCycle'];
  @IntField('Month that the fiscal year begins with; left out: 1', { optional: true, min: 1, max: 12, example: 4 })
  fiscalYearStart?: number;
  @TextField('IANA time zone', { maxLength: 64, example: 'America/New_York' })
  timeZone: string;
  @EnumField('Clock that measures durations', shape.durationClock.options, { example: 'wall-clock' })
  durationClock: IndicatorCard['durationClock'];
  @IntField('Decimals of a published figure', { min: 0, max: 10, example: 4 })
  decimals: number;
  @EnumField('How a published figure is rounded; left out: half-up', shape.rounding.options, {
    optional: true,
    example: 'half-up',
  })
  rounding?: IndicatorCard['rounding'];
  @IntField('Fewer cases than this are a small sample', { min: 0, max: 1_000_000, example: 0 })
  minSample: number;
  @EnumField('What happens to a small sample', shape.smallSampleRule.options, { example: 'shown-with-warning' })
  smallSampleRule: IndicatorCard['smallSampleRule'];
  @ListField('Dimensions by which readings can be grouped', 'slug', { maxItems: 30, example: ['department', 'ward'] })
  disaggregations: string[];
  @SlugField('The dimension whose values are districts of the agency', { optional: true, example: 'ward' })
  districtDimension?: string;
  @TextField('Where the data come from', { maxLength: 200, example: 'Boston 311' })
  dataSource: string;
  @TextField('What shows that a reading is true; left out: the data source', {
    optional: true,
    maxLength: 500,
    example: 'The case in the 311 system',
  })
  meansOfVerification?: string;
  @TextField('Role that answers for it', { maxLength: 64, example: 'service-owner' })
  responsibleRole: string;
  @SlugField('Indicator of the agency whose ledger this card reads, if not its own', { optional: true })
  readsFrom?: string;
}

const aggregations = { case: 'percent-within-target', ratio: 'ratio-of-sums', value: 'mean' } as const;

/** The complete card, as it is stored. */
export function cardIn(body: IndicatorCardBody): IndicatorCard {
  return {
    ...body,
    qualityDimension: body.qualityDimension ?? (body.kind === 'case' ? 'Timeliness' : 'Outcome'),
    aggregation: body.aggregation ?? aggregations[body.kind],
    ratioBound: body.ratioBound ?? 'at-most-one',
    calculationType: body.calculationType ?? 'non-cumulative',
    fiscalYearStart: body.fiscalYearStart ?? 1,
    rounding: body.rounding ?? 'half-up',
    meansOfVerification: body.meansOfVerification ?? body.dataSource,
  };
}

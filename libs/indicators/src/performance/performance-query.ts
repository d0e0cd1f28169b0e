import { SlugField, TextField } from '@app/http';

export class PerformanceQuery {
  @SlugField('Agency', { example: 'boston' })
  agency: string;
  @SlugField('Indicator', { example: 'on-time-closure' })
  indicator: string;
  @TextField('period and declared dimensions, with commas between', {
    optional: true,
    maxLength: 500,
    example: 'period,department',
  })
  groupBy?: string;
  @TextField('As it stood then: a day or an instant with offset', {
    optional: true,
    maxLength: 35,
    example: '2011-07-31',
  })
  validAt?: string;
  @TextField(
    'Only readings with this flag, such as blank-dimension:ward, or that are verified, unverified or corrected',
    {
      optional: true,
      maxLength: 100,
      example: 'due-before-start',
    },
  )
  flag?: string;
}

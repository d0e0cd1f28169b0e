import { DecimalField, EnumField, IntField, ListField, ObjectField, SlugField, TextField } from '@app/http';
import { reportingCycles, type ReportingCycle } from '@app/kernel';
import { comparators, severities, type Comparator, type Severity } from './agreement.events.js';

export class SeverityBandBody {
  @EnumField('Severity', severities, { example: 'Minor' })
  severity: Severity;
  @DecimalField('Lowest value that belongs to the band; left out: no lower end', { optional: true, example: '85' })
  from?: string;
  @DecimalField('First value above the band; left out: no upper end', { optional: true, example: '90' })
  to?: string;
}

export class ScopeFloorBody {
  @TextField('Dimension of the indicator, each value of which has the floor', { maxLength: 64, example: 'district' })
  dimension: string;
  @DecimalField('What every scope has to reach', { example: '80' })
  floor: string;
}

export class ObjectiveTermsBody {
  @TextField('What is promised, in the words of the agreement', { maxLength: 300, example: 'Cases closed on time' })
  title: string;
  @SlugField('Indicator that measures it', { example: 'on-time' })
  indicatorId: string;
  @EnumField('Whether the value has to be at least or at most the target', comparators, { example: 'at-least' })
  comparator: Comparator;
  @DecimalField('Target', { example: '90' })
  target: string;
  @DecimalField('Level below which the service is no longer acceptable', { example: '75' })
  minimumLevel: string;
  @DecimalField('How far a value may miss the target and still be met', { example: '0' })
  tolerance: string;
  @EnumField('Calendar-aligned window', reportingCycles, { example: 'month' })
  window: ReportingCycle;
  @IntField('Month in which fiscal years start, for a window of fiscal years', {
    optional: true,
    min: 1,
    max: 12,
    example: 4,
  })
  fiscalYearStart?: number;
  @DecimalField('Share in the score; all weights sum to 1', { example: '1' })
  weight: string;
  @ObjectField('What each district, channel or group has to reach', () => ScopeFloorBody, { optional: true })
  perScopeFloor?: ScopeFloorBody;
  @ListField('Half-open bands that cover every miss', () => SeverityBandBody, { minItems: 1, maxItems: 10 })
  severityBands: SeverityBandBody[];
}

export class ObjectiveBody extends ObjectiveTermsBody {
  @SlugField('Short name of the objective', { example: 'on-time' })
  objectiveId: string;
}

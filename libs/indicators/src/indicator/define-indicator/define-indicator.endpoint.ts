import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  IntField,
  ListField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { indicatorCard } from '../indicator.events.js';
import { indicator } from '../indicator.state.js';
import { DefineIndicator, defineIndicator } from './define-indicator.js';

export const DefineIndicatorHandler = handles(DefineIndicator, indicator, defineIndicator);

const { shape } = indicatorCard;

export class DefineIndicatorBody {
  @SlugField('Short name of the indicator', { example: 'on-time-closure' })
  id: string;
  @TextField('Title', { maxLength: 200, example: 'Cases closed on time' })
  title: string;
  @TextField('What is measured, in a sentence', { maxLength: 2000 })
  definition: string;
  @EnumField('What a reading is', shape.kind.options, { example: 'case' })
  kind: (typeof shape.kind.options)[number];
  @TextField('Unit', { maxLength: 64, example: 'percent' })
  unit: string;
  @EnumField('Which way is better', shape.direction.options, { example: 'higher-is-better' })
  direction: (typeof shape.direction.options)[number];
  @EnumField('Which cases the share is of', shape.denominatorPolicy.options, { example: 'completed-and-overdue' })
  denominatorPolicy: (typeof shape.denominatorPolicy.options)[number];
  @EnumField('Which date says the period of a case', shape.periodAttribution.options, { example: 'opening' })
  periodAttribution: (typeof shape.periodAttribution.options)[number];
  @EnumField('Length of a period', shape.reportingCycle.options, { example: 'month' })
  reportingCycle: (typeof shape.reportingCycle.options)[number];
  @TextField('IANA time zone', { maxLength: 64, example: 'America/New_York' })
  timeZone: string;
  @EnumField('Clock that measures durations', shape.durationClock.options, { example: 'wall-clock' })
  durationClock: (typeof shape.durationClock.options)[number];
  @IntField('Decimals of a published figure, half up', { min: 0, max: 10, example: 4 })
  decimals: number;
  @IntField('Fewer cases than this are a small sample', { min: 0, max: 1_000_000, example: 0 })
  minSample: number;
  @EnumField('What happens to a small sample', shape.smallSampleRule.options, { example: 'shown-with-warning' })
  smallSampleRule: (typeof shape.smallSampleRule.options)[number];
  @ListField('Dimensions by which readings can be grouped', 'slug', { maxItems: 30, example: ['department', 'ward'] })
  disaggregations: string[];
  @TextField('Where the data come from', { maxLength: 200, example: 'Boston 311' })
  dataSource: string;
  @TextField('Role that answers for it', { maxLength: 64, example: 'service-owner' })
  responsibleRole: string;
  @SlugField('Indicator of the agency whose ledger this card reads, if not its own', { optional: true })
  readsFrom?: string;
}

@Controller('v1/agencies/:agency/indicators')
export class DefineIndicatorEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator', 'service-owner')
  async post(
    @Param('agency') agency: string,
    @Body() { id, ...card }: DefineIndicatorBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new DefineIndicator(agency, id, { ...card }, metadata));
    return accepted(result, `/v1/agencies/${agency}/indicators/${id}`);
  }
}

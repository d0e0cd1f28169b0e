import { StreamDecider } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  EnumField,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  TextMapField,
} from '@app/http';
import { indicator } from '@app/indicators/events';
import type { Accepted } from '@app/kernel';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { standardDimensions, type StandardDimension } from '../plan.events.js';
import { plan } from '../plan.state.js';
import { RecordedFigures } from '../recorded-figures.js';
import { RecordCurrentStandard, recordCurrentStandard, type CurrentStandardFacts } from './record-current-standard.js';

@CommandHandler(RecordCurrentStandard)
export class RecordCurrentStandardHandler implements ICommandHandler<RecordCurrentStandard> {
  constructor(
    private readonly decider: StreamDecider,
    private readonly figures: RecordedFigures,
  ) {}

  async execute(command: RecordCurrentStandard): Promise<Accepted> {
    return this.decider.execute(plan, command, recordCurrentStandard, await this.facts(command));
  }

  private async facts({ tenant, data, metadata }: RecordCurrentStandard): Promise<CurrentStandardFacts> {
    const { indicatorId, period, scope } = data;
    if (indicatorId === undefined) return {};
    const { state } = await this.decider.facts.load(indicator, tenant, indicatorId);
    if (state.status === 'undefined') return {};
    const { disaggregations: dimensions, fiscalYearStart } = state.card;
    if (period === undefined) return { dimensions, fiscalYearStart };
    const asked = { agency: tenant, indicatorId, period, scope, validAt: metadata.occurredAt };
    const measurement = await this.figures.find(asked);
    return { dimensions, fiscalYearStart, ...(measurement === undefined ? {} : { measurement }) };
  }
}

export class RecordCurrentStandardBody {
  @SlugField('Short name of the standard', { example: 'leak-repair' })
  id: string;
  @SlugField('Key service', { example: 'water-supply' })
  service: string;
  @EnumField('Batho Pele principle', standardDimensions, { example: 'service-standards' })
  dimension: StandardDimension;
  @TextField('What is promised', { maxLength: 300, example: 'Days until a leak is fixed' })
  title: string;
  @SlugField('Indicator that measures it; left out for a standard in words', { optional: true, example: 'leak-days' })
  indicator?: string;
  @TextMapField('Part of the service: values of dimensions of the indicator; left out: all of it', {
    optional: true,
    maxEntries: 5,
    example: { district: 'Langa' },
  })
  scope?: Record<string, string>;
  @TextField('Period of the readings: month, quarter, year or fiscal year', {
    optional: true,
    maxLength: 10,
    example: '2025-Q4',
  })
  period?: string;
  @TextField('How the service runs, for a standard in words', { optional: true, maxLength: 2000 })
  text?: string;
  @TextField('Why there is no figure', { optional: true, maxLength: 500 })
  noData?: string;
}

@Controller('v1/agencies/:agency/plans/:plan/standards')
export class RecordCurrentStandardEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'team-member', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('plan') plan: string,
    @Body() { id, service: serviceId, indicator: indicatorId, scope = {}, ...rest }: RecordCurrentStandardBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const measured = indicatorId === undefined ? {} : { indicatorId };
    const data = { standardId: id, serviceId, scope, ...measured, ...rest };
    const result = await this.commands.execute(new RecordCurrentStandard(agency, plan, data, metadata));
    return accepted(result, `/v1/agencies/${agency}/plans/${plan}`, result.eventIds.length > 0);
  }
}

import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  SlugField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { IndicatorCardBody, cardIn } from '../indicator-card-body.js';
import { indicator } from '../indicator.state.js';
import { DefineIndicator, defineIndicator, type SourceCard } from './define-indicator.js';

export const DefineIndicatorHandler = handles(
  DefineIndicator,
  indicator,
  defineIndicator,
  async ({ tenant, data: { readsFrom } }, reader): Promise<SourceCard> => {
    if (readsFrom === undefined) return undefined;
    const { state } = await reader.load(indicator, tenant, readsFrom);
    return state.status === 'undefined' ? undefined : state.card;
  },
);

export class DefineIndicatorBody extends IndicatorCardBody {
  @SlugField('Short name of the indicator', { example: 'on-time-closure' })
  id: string;
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
    const result = await this.commands.execute(new DefineIndicator(agency, id, cardIn(card), metadata));
    return accepted(result, `/v1/agencies/${agency}/indicators/${id}`);
  }
}

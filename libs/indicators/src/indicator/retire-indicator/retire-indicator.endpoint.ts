import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { indicator } from '../indicator.state.js';
import { RetireIndicator, retireIndicator } from './retire-indicator.js';

export const RetireIndicatorHandler = handles(RetireIndicator, indicator, retireIndicator);

export class RetireIndicatorBody {
  @TextField('Why', { maxLength: 1000, example: 'Replaced by the median time to close' })
  reason: string;
}

@Controller('v1/agencies/:agency/indicators/:indicator/retirement')
export class RetireIndicatorEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator', 'service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @Body() { reason }: RetireIndicatorBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RetireIndicator(agency, id, { reason }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/indicators/${id}`, false);
  }
}

import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { service } from '../service.state.js';
import { RetireService, retireService } from './retire-service.js';

export const RetireServiceHandler = handles(RetireService, service, retireService);

export class RetireServiceBody {
  @TextField('Why it is not provided any more', { maxLength: 500, example: 'Handed over to the regional utility' })
  reason: string;
}

@Controller('v1/agencies/:agency/services/:service/retirement')
export class RetireServiceEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @Body() { reason }: RetireServiceBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new RetireService(agency, id, { reason }, metadata));
    return accepted(result, `/v1/agencies/${agency}/services/${id}`, false);
  }
}

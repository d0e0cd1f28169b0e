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
import { SuspendService, suspendService } from './suspend-service.js';

export const SuspendServiceHandler = handles(SuspendService, service, suspendService);

export class SuspendServiceBody {
  @TextField('Why it is not provided for a time', { maxLength: 500, example: 'Reservoir under repair' })
  reason: string;
}

@Controller('v1/agencies/:agency/services/:service/suspension')
export class SuspendServiceEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @Body() { reason }: SuspendServiceBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new SuspendService(agency, id, { reason }, metadata));
    return accepted(result, `/v1/agencies/${agency}/services/${id}`, false);
  }
}

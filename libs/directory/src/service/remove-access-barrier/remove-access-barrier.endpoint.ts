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
import { RemoveAccessBarrier, removeAccessBarrier } from './remove-access-barrier.js';

export const RemoveAccessBarrierHandler = handles(RemoveAccessBarrier, service, removeAccessBarrier);

export class RemoveAccessBarrierBody {
  @TextField('How it was removed', { maxLength: 500, example: 'A mobile office comes weekly' })
  how: string;
}

@Controller('v1/agencies/:agency/services/:service/client-groups/:group/barriers/:barrier/removal')
export class RemoveAccessBarrierEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @Param('group') groupId: string,
    @Param('barrier') barrierId: string,
    @Body() { how }: RemoveAccessBarrierBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RemoveAccessBarrier(agency, id, { groupId, barrierId, how }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/services/${id}`, false);
  }
}

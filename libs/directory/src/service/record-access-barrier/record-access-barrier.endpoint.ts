import { handles } from '@app/event-store';
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
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { barrierSeverities, type BarrierSeverity } from '../service.events.js';
import { service } from '../service.state.js';
import { RecordAccessBarrier, recordAccessBarrier } from './record-access-barrier.js';

export const RecordAccessBarrierHandler = handles(RecordAccessBarrier, service, recordAccessBarrier);

export class RecordAccessBarrierBody {
  @SlugField('Short name of the barrier', { example: 'distance' })
  id: string;
  @TextField('What keeps the group from the service', { maxLength: 500, example: 'The nearest office is 14 km away' })
  barrier: string;
  @EnumField('How much it keeps it away', barrierSeverities, { example: 'high' })
  severity: BarrierSeverity;
}

@Controller('v1/agencies/:agency/services/:service/client-groups/:group/barriers')
export class RecordAccessBarrierEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') service: string,
    @Param('group') groupId: string,
    @Body() { id, ...data }: RecordAccessBarrierBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new RecordAccessBarrier(agency, service, { groupId, barrierId: id, ...data }, metadata);
    const result = await this.commands.execute(command);
    return accepted(result, `/v1/agencies/${agency}/services/${service}`, result.eventIds.length > 0);
  }
}

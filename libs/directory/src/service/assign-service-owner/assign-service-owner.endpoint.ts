import { handles } from '@app/event-store';
import {
  accepted,
  type AcceptedBody,
  type CommandContext,
  Commands,
  DateField,
  RequestContext,
  Roles,
  TextField,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { service } from '../service.state.js';
import { AssignServiceOwner, assignServiceOwner } from './assign-service-owner.js';

export const AssignServiceOwnerHandler = handles(AssignServiceOwner, service, assignServiceOwner);

export class AssignServiceOwnerBody {
  @TextField('Person who answers for the service', { pattern: /^p-[0-9a-f]{40}$/ })
  person: string;
  @DateField('First day, in the calendar of the agency', { example: '2026-02-01' })
  from: string;
}

@Controller('v1/agencies/:agency/services/:service/owner')
export class AssignServiceOwnerEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator')
  async post(
    @Param('agency') agency: string,
    @Param('service') id: string,
    @Body() body: AssignServiceOwnerBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new AssignServiceOwner(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/services/${id}`, false);
  }
}

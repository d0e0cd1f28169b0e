import { handles } from '@app/event-store';
import {
  Commands,
  DateField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { indicator } from '../indicator.state.js';
import { AssignOwner, assignOwner } from './assign-owner.js';

export const AssignOwnerHandler = handles(AssignOwner, indicator, assignOwner);

export class AssignOwnerBody {
  @TextField('Digest of the person, as tokens give it', { maxLength: 64, example: `p-${'0'.repeat(40)}` })
  person: string;
  @DateField('Day from which the person answers for it', { example: '2011-07-01' })
  from: string;
}

@Controller('v1/agencies/:agency/indicators/:indicator/owner')
export class AssignOwnerEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('administrator', 'service-owner')
  async post(
    @Param('agency') agency: string,
    @Param('indicator') id: string,
    @Body() { person, from }: AssignOwnerBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const command = new AssignOwner(agency, id, { person, from }, metadata);
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/indicators/${id}`, false);
  }
}

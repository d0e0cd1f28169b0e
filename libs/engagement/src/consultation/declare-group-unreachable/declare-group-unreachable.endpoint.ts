import { handles } from '@app/event-store';
import {
  Commands,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { consultation } from '../consultation.state.js';
import { DeclareGroupUnreachable, declareGroupUnreachable } from './declare-group-unreachable.js';

export const DeclareGroupUnreachableHandler = handles(DeclareGroupUnreachable, consultation, declareGroupUnreachable);

export class DeclareGroupUnreachableBody {
  @SlugField('Required group that could not be reached', { example: 'informal' })
  groupId: string;
  @TextField('Why not, and what was tried', {
    maxLength: 1000,
    example: 'No road since the flood; two visits were turned back',
  })
  reason: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/unreachable-groups')
export class DeclareGroupUnreachableEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() body: DeclareGroupUnreachableBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new DeclareGroupUnreachable(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}

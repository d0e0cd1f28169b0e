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
import { dataSubject } from '../data-subject.state.js';
import { personIn } from '../person.js';
import { DeclineErasure, declineErasure } from './decline-erasure.js';

export const DeclineErasureHandler = handles(DeclineErasure, dataSubject, declineErasure);

export class DeclineErasureBody {
  @TextField('Why nothing is erased', { maxLength: 500, example: 'The letter is of somebody else' })
  reason: string;
}

@Controller('v1/agencies/:agency/data-subjects/:person/erasure/refusal')
export class DeclineErasureEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('oversight', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('person') given: string,
    @Body() { reason }: DeclineErasureBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const person = personIn(given);
    const result = await this.commands.execute(new DeclineErasure(agency, person, { reason }, metadata));
    return accepted(result, `/v1/agencies/${agency}/data-subjects/${person}`, false);
  }
}

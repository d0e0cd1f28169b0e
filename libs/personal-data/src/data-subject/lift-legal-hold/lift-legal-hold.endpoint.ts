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
import { LiftLegalHold, liftLegalHold } from './lift-legal-hold.js';

export const LiftLegalHoldHandler = handles(LiftLegalHold, dataSubject, liftLegalHold);

export class LiftLegalHoldBody {
  @TextField('Why the data need not be kept any longer', { maxLength: 500, example: 'The appeal was decided' })
  reason: string;
}

@Controller('v1/agencies/:agency/data-subjects/:person/legal-holds/:hold/lifting')
export class LiftLegalHoldEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('oversight', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('person') given: string,
    @Param('hold') holdId: string,
    @Body() { reason }: LiftLegalHoldBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const person = personIn(given);
    const result = await this.commands.execute(new LiftLegalHold(agency, person, { holdId, reason }, metadata));
    return accepted(result, `/v1/agencies/${agency}/data-subjects/${person}`, false);
  }
}

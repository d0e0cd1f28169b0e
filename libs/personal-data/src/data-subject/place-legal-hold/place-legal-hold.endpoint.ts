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
import { dataSubject } from '../data-subject.state.js';
import { personIn } from '../person.js';
import { PlaceLegalHold, placeLegalHold } from './place-legal-hold.js';

export const PlaceLegalHoldHandler = handles(PlaceLegalHold, dataSubject, placeLegalHold);

export class PlaceLegalHoldBody {
  @SlugField('Short name of the hold; part of its address', { example: 'appeal-2026-9' })
  id: string;
  @TextField('Case or duty for which the data has to be kept', {
    maxLength: 500,
    example: 'Appeal 2026/9 is before the court',
  })
  reason: string;
}

@Controller('v1/agencies/:agency/data-subjects/:person/legal-holds')
export class PlaceLegalHoldEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('oversight', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('person') given: string,
    @Body() { id: holdId, reason }: PlaceLegalHoldBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const person = personIn(given);
    const command = new PlaceLegalHold(agency, person, { holdId, reason }, { ...metadata, legalBasis: reason });
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/data-subjects/${person}`);
  }
}

import { handles } from '@app/event-store';
import {
  Commands,
  EnumField,
  Problem,
  RequestContext,
  Roles,
  TextField,
  accepted,
  problems,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ErasureRegistrar } from '../../erasure-register/erasure-registrar.js';
import { keyOfPerson } from '../../keys/key-names.js';
import { KeyRing } from '../../keys/key-ring.js';
import { legalGrounds, type LegalGround } from '../data-subject.events.js';
import { dataSubject } from '../data-subject.state.js';
import { personIn } from '../person.js';
import { RequestErasure, requestErasure } from './request-erasure.js';

export const RequestErasureHandler = handles(RequestErasure, dataSubject, requestErasure);

export class RequestErasureBody {
  @EnumField('Ground on which the person may ask for it', legalGrounds, { example: 'consent-withdrawn' })
  legalGround: LegalGround;
  @TextField('Letter, decision or schedule that it rests on; nothing that says who the person is', {
    maxLength: 500,
    example: 'Letter 2026/17',
  })
  reason: string;
}

@Controller('v1/agencies/:agency/data-subjects/:person/erasure')
export class RequestErasureEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly registrar: ErasureRegistrar,
    private readonly keys: KeyRing,
  ) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('person') given: string,
    @Body() { legalGround, reason }: RequestErasureBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const person = personIn(given);
    if ((await this.keys.find(keyOfPerson(agency, person))) === undefined)
      throw new Problem(problems.notFound, 'Nothing is kept of such a person.');
    await this.registrar.list({ agency, person }, metadata);
    const command = new RequestErasure(
      agency,
      person,
      { legalGround, reason },
      { ...metadata, legalBasis: legalGround },
    );
    return accepted(await this.commands.execute(command), `/v1/agencies/${agency}/data-subjects/${person}`);
  }
}

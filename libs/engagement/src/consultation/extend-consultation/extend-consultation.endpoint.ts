import { handles } from '@app/event-store';
import {
  Commands,
  OffsetDateTimeField,
  RequestContext,
  Roles,
  TextField,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { consultation } from '../consultation.state.js';
import { timeZoneOf } from '../facts.js';
import { ExtendConsultation, extendConsultation } from './extend-consultation.js';

export const ExtendConsultationHandler = handles(
  ExtendConsultation,
  consultation,
  extendConsultation,
  async ({ tenant }, reader) => ({ timeZone: await timeZoneOf(reader, tenant) }),
);

export class ExtendConsultationBody {
  @OffsetDateTimeField('When it closes instead', { example: '2026-04-15T17:00:00+02:00' })
  closesAt: string;
  @TextField('Why it takes longer', { maxLength: 500, example: 'Floods cut off two districts' })
  reason: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/extensions')
export class ExtendConsultationEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() body: ExtendConsultationBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new ExtendConsultation(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}

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
import { standingOf, timeZoneOf } from '../facts.js';
import { OpenConsultation, openConsultation } from './open-consultation.js';

export const OpenConsultationHandler = handles(
  OpenConsultation,
  consultation,
  openConsultation,
  async ({ tenant, id }, reader) => {
    const { state } = await reader.load(consultation, tenant, id);
    const subject = state.status === 'unplanned' ? 'unknown' : await standingOf(reader, tenant, state.subject);
    return { timeZone: await timeZoneOf(reader, tenant), subject };
  },
);

export class OpenConsultationBody {
  @TextField('SHA-256 of what people are asked to look at, in lower-case hex', { pattern: /^[0-9a-f]{64}$/ })
  materialsHash: string;
  @OffsetDateTimeField('When it opened, where it is recorded afterwards; else now', {
    optional: true,
    example: '2026-03-02T08:00:00+02:00',
  })
  openedAt?: string;
  @OffsetDateTimeField('When it closes, as announced', { example: '2026-04-01T17:00:00+02:00' })
  closesAt: string;
}

@Controller('v1/agencies/:agency/consultations/:consultation/opening')
export class OpenConsultationEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() body: OpenConsultationBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new OpenConsultation(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}

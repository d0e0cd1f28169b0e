import { handles } from '@app/event-store';
import {
  Commands,
  FlagField,
  RequestContext,
  Roles,
  accepted,
  type AcceptedBody,
  type CommandContext,
} from '@app/http';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { consultation } from '../consultation.state.js';
import { timeZoneOf } from '../facts.js';
import { CloseConsultation, closeConsultation } from './close-consultation.js';

export const CloseConsultationHandler = handles(
  CloseConsultation,
  consultation,
  closeConsultation,
  async ({ tenant }, reader) => ({ timeZone: await timeZoneOf(reader, tenant) }),
);

export class CloseConsultationBody {
  @FlagField('Whether every required group is covered or waived', { example: true })
  adequate: boolean;
}

@Controller('v1/agencies/:agency/consultations/:consultation/closing')
export class CloseConsultationEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @Roles('service-owner', 'administrator')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Body() body: CloseConsultationBody,
    @RequestContext() { metadata }: CommandContext,
  ): Promise<AcceptedBody> {
    const result = await this.commands.execute(new CloseConsultation(agency, id, body, metadata));
    return accepted(result, `/v1/agencies/${agency}/consultations/${id}`, false);
  }
}

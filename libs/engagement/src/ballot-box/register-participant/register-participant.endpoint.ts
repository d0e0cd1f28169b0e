import { handles } from '@app/event-store';
import {
  BulkUpload,
  Commands,
  OpenToCitizens,
  RequestContext,
  Roles,
  TextField,
  accepted,
  readBulk,
  type AcceptedBody,
  type CommandContext,
  type LedgerRequest,
} from '@app/http';
import { Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { consultationTerms } from '../../statement/consultation-terms.js';
import { ballotBox, boxOf, consultationOf } from '../ballot-box.state.js';
import { citizenParticipant } from '../citizen-participant.js';
import { givenParticipant } from '../given-lines.js';
import { lineMetadata } from '../line-metadata.js';
import { RegisterParticipant, registerParticipant } from './register-participant.js';

export const RegisterParticipantHandler = handles(
  RegisterParticipant,
  ballotBox,
  registerParticipant,
  ({ tenant, id }, reader) => consultationTerms(reader, tenant, consultationOf(id)),
);

export class ParticipationBody {
  @TextField('Group that the citizen belongs to, one of those that the consultation asks', {
    optional: true,
    maxLength: 64,
    example: 'informal-settlement',
  })
  group?: string;
  @TextField('Key of a citizen without an account: 160 random bits that they keep', {
    optional: true,
    maxLength: 64,
    example: 'uY3t9l0sQmK2vXw7BfRz5nHc1Da',
  })
  key?: string;
}

/** Who votes, by opaque id and declared group; sent again, it changes nothing. */
@Controller('v1/agencies/:agency/consultations/:consultation')
export class RegisterParticipantEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post('participants')
  @HttpCode(200)
  @Roles('service-owner', 'data-capturer')
  @BulkUpload('One participant a line: id (opaque: no name, no address), and group where one is declared')
  upload(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @RequestContext() { metadata }: CommandContext,
    @Req() request: LedgerRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return readBulk(request, reply, async (line) => {
      const given = givenParticipant(line);
      const box = boxOf(consultation, given.id);
      const of = lineMetadata(metadata, box, [given.id, given.group], undefined);
      return this.commands.execute(new RegisterParticipant(agency, box, given, of));
    });
  }

  @Post('participation')
  @OpenToCitizens()
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Body() { group, key }: ParticipationBody,
    @RequestContext() { metadata, principal }: CommandContext,
  ): Promise<AcceptedBody> {
    const id = citizenParticipant(principal, agency, consultation, key);
    const data = { id, group, joinsAt: metadata.occurredAt };
    const command = new RegisterParticipant(agency, boxOf(consultation, id), data, metadata);
    const result = await this.commands.execute(command);
    const path = `/v1/agencies/${agency}/consultations/${consultation}`;
    return accepted({ ...result, id }, path, result.eventIds.length > 0);
  }
}

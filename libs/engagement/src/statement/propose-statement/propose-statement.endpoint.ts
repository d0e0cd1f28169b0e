import { handles } from '@app/event-store';
import {
  BulkUpload,
  Commands,
  RequestContext,
  Roles,
  readBulk,
  type CommandContext,
  type LedgerRequest,
} from '@app/http';
import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ballotBox, boxOf, participantIn } from '../../ballot-box/ballot-box.state.js';
import { lineMetadata } from '../../ballot-box/line-metadata.js';
import { consultationTerms } from '../consultation-terms.js';
import { givenStatement } from '../given-statement.js';
import { statements } from '../statement.state.js';
import { ProposeStatement, proposeStatement } from './propose-statement.js';

export const ProposeStatementHandler = handles(
  ProposeStatement,
  statements,
  proposeStatement,
  async ({ tenant, id, data: { given } }, reader) => {
    const consultation = await consultationTerms(reader, tenant, id);
    if (given.author === undefined) return { consultation, isAuthorKnown: true };
    const { state } = await reader.load(ballotBox, tenant, boxOf(id, given.author));
    return { consultation, isAuthorKnown: participantIn(state, given.author) !== undefined };
  },
);

/** Published wordings that participants vote on, a line each; sent again, they change nothing. */
@Controller('v1/agencies/:agency/consultations/:consultation/statements')
export class ProposeStatementEndpoint {
  constructor(private readonly commands: Commands) {}

  @Post()
  @HttpCode(200)
  @Roles('service-owner', 'data-capturer')
  @BulkUpload(
    'One statement a line: id, text; author (a participant) where it has one; proposedAt (an instant with offset) ' +
      'where it is not now',
  )
  post(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @RequestContext() { metadata }: CommandContext,
    @Req() request: LedgerRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return readBulk(request, reply, async (line) => {
      const given = givenStatement(line);
      const of = lineMetadata(metadata, consultation, [given.id, given.author, given.text], given.proposedAt);
      const receivedAt = metadata.occurredAt;
      return this.commands.execute(new ProposeStatement(agency, consultation, { given, receivedAt }, of));
    });
  }
}

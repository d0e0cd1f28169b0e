import { StreamDecider, handles } from '@app/event-store';
import {
  BulkUpload,
  Commands,
  EnumField,
  IdField,
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
import { votes, type Vote } from '../ballot-box.events.js';
import { ballotBox, boxOf } from '../ballot-box.state.js';
import { citizenParticipant } from '../citizen-participant.js';
import { givenVote } from '../given-lines.js';
import { lineMetadata } from '../line-metadata.js';
import { VotingTerms } from '../voting-terms.js';
import { CastVote, castVote } from './cast-vote.js';

export const CastVoteHandler = handles(CastVote, ballotBox, castVote);

export class VoteBody {
  @EnumField('What the citizen says to the statement', votes, { example: 'agree' })
  vote: Vote;
  @IdField('Id of this vote: sent again, it changes nothing', { optional: true, example: 'first-thought' })
  id?: string;
  @TextField('Key of a citizen without an account, as it was shown when they joined', {
    optional: true,
    maxLength: 64,
    example: 'uY3t9l0sQmK2vXw7BfRz5nHc1Da',
  })
  key?: string;
}

/** Lines in work at the same time: a box is written in one append for all that wait on it. */
const concurrency = 2_048;

/** What participants say to statements; sent again, it changes nothing. */
@Controller('v1/agencies/:agency/consultations/:consultation')
export class CastVoteEndpoint {
  constructor(
    private readonly commands: Commands,
    private readonly decider: StreamDecider,
  ) {}

  @Post('votes')
  @HttpCode(200)
  @Roles('service-owner', 'data-capturer')
  @BulkUpload(
    'One vote a line: id (unique for the participant), participant, statement, vote (agree, disagree, pass); castAt ' +
      '(an instant with offset) where it is not now',
  )
  upload(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @RequestContext() { metadata }: CommandContext,
    @Req() request: LedgerRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const terms = new VotingTerms(this.decider.facts, agency, consultation);
    const receivedAt = metadata.occurredAt;
    const take = async (line: unknown) => {
      const given = givenVote(line);
      if (!terms.areFresh) await terms.load();
      const box = boxOf(consultation, given.participant);
      const of = lineMetadata(
        metadata,
        box,
        [given.participant, given.id, given.statement, given.vote, given.castAt],
        given.castAt,
      );
      const facts = terms.of(given.statement);
      return this.commands.execute(new CastVote(agency, box, { given, receivedAt, facts }, of));
    };
    return readBulk(request, reply, take, { concurrency });
  }

  @Post('statements/:statement/votes')
  @OpenToCitizens()
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Param('statement') statement: string,
    @Body() { vote, id, key }: VoteBody,
    @RequestContext() { metadata, principal }: CommandContext,
  ): Promise<AcceptedBody> {
    const participant = citizenParticipant(principal, agency, consultation, key);
    const given = { id: id ?? metadata.commandId, participant, statement, vote };
    const box = boxOf(consultation, participant);
    const terms = new VotingTerms(this.decider.facts, agency, consultation);
    await terms.load();
    const data = { given, receivedAt: metadata.occurredAt, facts: terms.of(statement) };
    const command = new CastVote(agency, box, data, metadata);
    const result = await this.commands.execute(command);
    const path = `/v1/agencies/${agency}/consultations/${consultation}/statements`;
    return accepted({ ...result, id: given.id }, path, result.eventIds.length > 0);
  }
}

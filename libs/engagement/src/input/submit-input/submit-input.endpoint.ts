import { handles } from '@app/event-store';
import {
  AcceptedBody,
  BulkUpload,
  EnumField,
  ListField,
  OpenToCitizens,
  Problem,
  RequestContext,
  Roles,
  SlugField,
  TextField,
  problems,
  readBulk,
  type CommandContext,
  type LedgerRequest,
  type Principal,
} from '@app/http';
import type { Accepted } from '@app/kernel';
import { Receipts } from '@app/personal-data/events';
import { Body, Controller, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { citizenParticipant } from '../../ballot-box/citizen-participant.js';
import { Gathering } from '../gathering.js';
import { givenInput, mostContact, mostText } from '../given-input.js';
import { InputDesk, type SpokenInput } from '../input-desk.js';
import { factsFor } from '../input-facts.js';
import { identifications, stances, type Identification, type Stance } from '../input.events.js';
import { input } from '../input.state.js';
import { inputIdOf } from '../receipt-holder.js';
import { SubmitInput, submitInput } from './submit-input.js';

export const SubmitInputHandler = handles(SubmitInput, input, submitInput, ({ tenant, data: { received } }, reader) =>
  factsFor(reader, tenant, received),
);

export class SubmitInputBody {
  @TextField('What is said; it is sealed under a key of its own person', {
    maxLength: mostText,
    example: 'The standpipe is half an hour away.',
  })
  text: string;
  @EnumField(
    'How far the person says who it is: by the token, by a key that may be used again, or not',
    identifications,
    {
      example: 'anonymous',
    },
  )
  identification: Identification;
  @TextField('27 to 64 random characters that a pseudonymous person keeps: they say that it is the same person', {
    optional: true,
    maxLength: 64,
    example: 'bW9vbmxpdC1zdGFuZHBpcGUtd2Fsaw',
  })
  key?: string;
  @SlugField('Required group that the person belongs to', { optional: true, example: 'informal' })
  group?: string;
  @SlugField('District that it is about', { optional: true, example: 'north' })
  district?: string;
  @ListField('Themes that it is about', 'slug', { optional: true, maxItems: 20, example: ['standpipes'] })
  themes?: string[];
  @EnumField('Where the person stands', stances, { optional: true, example: 'for' })
  stance?: Stance;
  @TextField('How to reach the person; sealed like the text', { optional: true, maxLength: mostContact })
  contact?: string;
}

/** What was accepted, and the receipt, which is given this once. */
export class ReceivedBody extends AcceptedBody {
  @ApiProperty({ type: 'string', description: 'Shows later what became of the input; nobody can give it again' })
  readonly receipt: string;

  constructor(result: Accepted, location: string, receipt: string) {
    super(result, location, true, []);
    this.receipt = receipt;
  }
}

/** Anybody speaks, with or without an account. */
@Controller('v1/agencies/:agency/consultations/:consultation/inputs')
export class SubmitInputEndpoint {
  constructor(
    private readonly desk: InputDesk,
    private readonly receipts: Receipts,
  ) {}

  @Post()
  @OpenToCitizens({ perMinute: 30 })
  @Header('cache-control', 'no-store')
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultationId: string,
    @Body() { identification, key, group, district, themes = [], ...said }: SubmitInputBody,
    @RequestContext() { metadata, principal }: CommandContext,
  ): Promise<ReceivedBody> {
    const person = speaker(identification, principal, metadata.commandId, agency, consultationId, key);
    const { code, digest } = await this.receipts.make();
    const inputId = inputIdOf(digest);
    const spoken: SpokenInput = {
      ...said,
      consultationId,
      inputId,
      person,
      identification,
      receivedAt: metadata.occurredAt,
      channel: 'online',
      themeIds: themes,
      ...(group === undefined ? {} : { groupId: group }),
      ...(district === undefined ? {} : { districtId: district }),
      receiptDigest: digest,
    };
    const result = await this.desk.receive(agency, spoken, { ...metadata, actor: { ...metadata.actor, person } });
    const location = `/v1/agencies/${agency}/consultations/${consultationId}/inputs/${inputId}`;
    return new ReceivedBody({ ...result, id: inputId }, location, code);
  }
}

/** Each input is a stream of its own, read once and appended to once: more at a time would wait for the store alone. */
const concurrency = 64;
/** Hardly longer than the disk sync that the lines then share. */
const gatheringMilliseconds = 15;

/** An account says who somebody is only where they want it to. */
function speaker(
  identification: Identification,
  { person, hasAccount }: Principal,
  chance: string,
  agency: string,
  consultationId: string,
  key: string | undefined,
): string {
  switch (identification) {
    case 'identified':
      if (!hasAccount) throw new Problem(problems.unauthenticated, 'Send a token, or speak as somebody unknown.');
      return person;
    case 'pseudonymous':
      return citizenParticipant({ person, hasAccount: false }, agency, consultationId, key);
    case 'anonymous':
      return `c-${chance}`;
  }
}

/** Inputs that were gathered on paper, by telephone or on another platform, a line each; sent again, they change nothing. */
@Controller('v1/agencies/:agency/consultations/:consultation/gathered-inputs')
export class GatheredInputsEndpoint {
  constructor(private readonly desk: InputDesk) {}

  @Post()
  @HttpCode(200)
  @Roles('data-capturer', 'service-owner')
  @BulkUpload(
    'One input a line: id, text, and perhaps person (a code of the agency, never a name), group, district, themes, stance, channel, contact, receivedAt. ' +
      'In CSV, themes are one cell with spaces between them',
  )
  async post(
    @Param('agency') agency: string,
    @Param('consultation') consultationId: string,
    @RequestContext() { metadata }: CommandContext,
    @Req() request: LedgerRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const gathering = new Gathering(gatheringMilliseconds);
    const take = (line: unknown) =>
      this.desk.receive(agency, givenInput(line, agency, consultationId, metadata.occurredAt), metadata, gathering);
    return readBulk(request, reply, take, { concurrency });
  }
}

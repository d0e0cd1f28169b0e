import {
  EnumField,
  PageQuery,
  Roles,
  SlugField,
  problemAt,
  problems,
  sendList,
  type MoreRows,
  type SentRows,
} from '@app/http';
import { PersonalData } from '@app/personal-data/events';
import { ReadModels } from '@app/projections';
import { Controller, Get, Header, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { placeOf } from '../../input/input-desk.js';
import { moderations, type Moderation } from '../../input/input.events.js';
import { inputTraceability, type TracedInput } from './input-traceability.js';
import { inputsOf } from './inputs-of.js';

const moderationsAsked = ['awaited', ...moderations] as const;

export class InputsQuery extends PageQuery {
  @SlugField('Required group that they come from', { optional: true, example: 'informal' })
  group?: string;
  @SlugField('Theme that they are about', { optional: true, example: 'standpipes' })
  theme?: string;
  @EnumField('Whether somebody has looked at them', moderationsAsked, { optional: true, example: 'awaited' })
  moderation?: Moderation | 'awaited';
}

export type InputRow = Omit<TracedInput, '_id' | 'agency' | 'consultation' | 'text' | 'answer' | 'person'> & {
  /** Null where it cannot or may not be read. */
  readonly text: string | null;
  /** Why there is no text. */
  readonly missing: 'erased' | 'withheld' | 'withdrawn' | null;
  readonly disposition: string | null;
};

/** What people said, for those who answer it: it is unsealed as it is sent, and kept nowhere. */
@Controller('v1/agencies/:agency/consultations/:consultation/inputs')
export class InputsEndpoint {
  constructor(
    private readonly readModels: ReadModels,
    private readonly personalData: PersonalData,
  ) {}

  @Get()
  @Roles('service-owner', 'team-member', 'oversight')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ description: 'Rows as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Query() query: InputsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<InputRow, MoreRows>> {
    const asked = [query.group, query.theme, query.moderation].filter((one) => one !== undefined);
    if (asked.length > 1)
      throw problemAt(problems.invalidFields, '?', 'Ask by group, by theme or by moderation, one at a time.');
    const inputs = this.readModels.collection(inputTraceability);
    return sendList(reply, request, {
      query,
      find: (after) => inputsOf(inputs, { agency, consultation: id }, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: async (doc) => [await this.open(doc)],
      columns,
    });
  }

  private async open({ _id, agency, consultation, person, text, answer, ...row }: TracedInput): Promise<InputRow> {
    const disposition = answer?.disposition ?? null;
    if (text === undefined) return { ...row, text: null, missing: 'withdrawn', disposition };
    if (row.moderation === 'withheld') return { ...row, text: null, missing: 'withheld', disposition };
    const place = placeOf(agency, { consultationId: consultation, inputId: row.input, person }, 'text');
    const opened = await this.personalData.open(place, text);
    return opened.status === 'erased'
      ? { ...row, text: null, missing: 'erased', disposition }
      : { ...row, text: opened.text, missing: null, disposition };
  }
}

const columns = [
  { name: 'input', of: (row: InputRow) => row.input },
  { name: 'status', of: (row: InputRow) => row.status },
  { name: 'moderation', of: (row: InputRow) => row.moderation },
  { name: 'identification', of: (row: InputRow) => row.identification },
  { name: 'receivedAt', of: (row: InputRow) => row.receivedAt },
  { name: 'channel', of: (row: InputRow) => row.channel },
  { name: 'group', of: (row: InputRow) => row.group },
  { name: 'district', of: (row: InputRow) => row.district },
  { name: 'themes', of: (row: InputRow) => row.themes.join(' ') },
  { name: 'stance', of: (row: InputRow) => row.stance },
  { name: 'revision', of: (row: InputRow) => row.revision },
  { name: 'disposition', of: (row: InputRow) => row.disposition },
  { name: 'missing', of: (row: InputRow) => row.missing },
  { name: 'text', of: (row: InputRow) => row.text, freeText: true },
];

import { StreamDecider } from '@app/event-store';
import {
  Public,
  SlugField,
  PageQuery,
  sendList,
  type MoreRows,
  type SentRows,
  AsOf,
  isPast,
  type PointInLog,
} from '@app/http';
import { ReadModels } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { consultation } from '../../consultation/consultation.state.js';
import { followed, repliesOf, saidIn, traceOf, type FollowedAnswer } from '../../consultation/trace.js';
import { inputTraceability, type TracedInput } from './input-traceability.js';
import { InputsAt, readerAt } from './inputs-at.js';
import { inputsOf } from './inputs-of.js';
import { tracedText } from './traced-text.js';

export class TraceabilityQuery extends PageQuery {
  @SlugField('Theme that the inputs are about', { optional: true, example: 'standpipes' })
  theme?: string;
}

/** No word of what was said, nor of who said it: whoever holds the receipt knows the id of their own. */
export interface TraceabilityRow {
  readonly input: string;
  /** Calendar day in UTC: a moment would tell too much. */
  readonly receivedOn: string;
  readonly status: TracedInput['status'];
  readonly themes: readonly string[];
  readonly answers: readonly FollowedAnswer[];
}

/** What became of every input: theme, disposition, problem, goal or clause, measured result. */
@Controller('v1/agencies/:agency/consultations/:consultation/traceability')
export class InputTraceabilityEndpoint {
  constructor(
    private readonly readModels: ReadModels,
    private readonly decider: StreamDecider,
    private readonly past: InputsAt,
  ) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Rows as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Param('consultation') id: string,
    @Query() query: TraceabilityQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<TraceabilityRow, MoreRows>> {
    const trace = await this.tracer(agency, id, at);
    const of = { agency, consultation: id };
    const inputs = this.readModels.collection(inputTraceability);
    return sendList(reply, request, {
      query,
      find: (after) =>
        isPast(at) ? this.past.find(of, query, at, after?.[0]) : inputsOf(inputs, of, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: async (doc) => [await trace(doc)],
      columns,
    });
  }

  /** The answers to themes, and what came of them, are looked up once for all inputs. */
  private async tracer(
    agency: string,
    id: string,
    at: PointInLog,
  ): Promise<(doc: TracedInput) => Promise<TraceabilityRow>> {
    const facts = isPast(at) ? readerAt(this.decider, at) : this.decider.facts;
    const { state } = await facts.load(consultation, agency, id);
    const replies = repliesOf(state);
    const themeIds = replies.themes.map(({ themeId }) => themeId);
    const toThemes = await followed(facts, agency, traceOf({ inputId: '', themeIds }, replies).answers);
    return async ({ input, receivedAt, status, themes, answer: shown }) => {
      const answer = shown ?? replies.answers.to({ inputId: input });
      return {
        input,
        receivedOn: receivedAt.slice(0, 10),
        status,
        themes,
        answers: [
          ...(answer === undefined ? [] : await followed(facts, agency, [{ to: 'input', ...saidIn(answer) }])),
          ...toThemes.filter(({ theme }) => theme !== undefined && themes.includes(theme)),
        ],
      };
    };
  }
}

const columns = [
  { name: 'input', of: (row: TraceabilityRow) => row.input },
  { name: 'receivedOn', of: (row: TraceabilityRow) => row.receivedOn },
  { name: 'status', of: (row: TraceabilityRow) => row.status },
  { name: 'themes', of: (row: TraceabilityRow) => row.themes.join(' ') },
  { name: 'dispositions', of: (row: TraceabilityRow) => row.answers.map(({ disposition }) => disposition).join(' ') },
  {
    name: 'linkedTo',
    of: (row: TraceabilityRow) => row.answers.flatMap(({ outcomes }) => outcomes.map(tracedText)).join('; '),
    freeText: true,
  },
];

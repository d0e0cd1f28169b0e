import { PageQuery, Public, SlugField, TextField, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rowsOf, scorecard, scorecardColumns, type ScorecardPeriod, type ScorecardRow } from './scorecard.js';

export class ScorecardQuery extends PageQuery {
  @SlugField('Agency', { optional: true, example: 'boston' })
  agency?: string;
  @SlugField('Agreement', { optional: true, example: 'street-services' })
  agreement?: string;
  @TextField('Calendar month, quarter or year', { optional: true, maxLength: 7, example: '2011-07' })
  period?: string;
}

/** Open data: what was promised, what was reached. */
@Controller('v1/scorecard')
export class ScorecardEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Rows as JSON (a page: `limit` counts periods of agreements), CSV or NDJSON (all)' })
  async get(
    @Query() query: ScorecardQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ScorecardRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: rowsOf,
      columns,
    });
  }

  private find({ agency, agreement, period }: ScorecardQuery, after?: unknown) {
    const filter: Filter<ScorecardPeriod> = {
      ...(agency === undefined ? {} : { agency }),
      ...(agreement === undefined ? {} : { agreement }),
      ...(period === undefined ? {} : { period }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(scorecard).find(filter).sort({ _id: 1 });
  }
}

const writtenByPeople = new Set<string>(['agreementTitle', 'title', 'indicatorTitle', 'scope']);
const columns = scorecardColumns.map((name) => ({
  name,
  of: (row: ScorecardRow) => row[name],
  freeText: writtenByPeople.has(name),
}));

import { PageQuery, Public, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { calendars, type ListedCalendar } from './calendars.js';

@Controller('v1/agencies/:agency/calendars')
export class CalendarsEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Business calendars as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<CalendarRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find(agency: string, after?: unknown) {
    const filter: Filter<ListedCalendar> = { agency, ...(typeof after === 'string' ? { _id: { $gt: after } } : {}) };
    return this.readModels.collection(calendars).find(filter).sort({ _id: 1 });
  }
}

type CalendarRow = Omit<ListedCalendar, '_id' | 'agency'>;

const rowOf = ({ _id, agency: _agency, ...row }: ListedCalendar): CalendarRow => row;

const columns = (['calendar', 'name', 'timeZone', 'revision', 'updatedAt'] as const).map((name) => ({
  name,
  of: (row: CalendarRow) => row[name],
  freeText: name === 'name',
}));

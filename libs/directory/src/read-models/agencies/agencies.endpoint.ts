import { PageQuery, Public, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels } from '@app/projections';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { agencies, type ListedAgency } from './agencies.js';

interface AgencyRow {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly revision: string;
}

@Controller('v1/agencies')
export class AgenciesEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Agencies as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<AgencyRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find(after?: unknown) {
    const filter = typeof after === 'string' ? { _id: { $gt: after } } : {};
    return this.readModels.collection(agencies).find(filter).sort({ _id: 1 });
  }
}

const rowOf = ({ _id, ...rest }: ListedAgency): AgencyRow => ({ id: _id, ...rest });

const columns = (['id', 'name', 'timeZone', 'revision'] as const).map((name) => ({
  name,
  of: (row: AgencyRow) => row[name],
  freeText: name === 'name',
}));

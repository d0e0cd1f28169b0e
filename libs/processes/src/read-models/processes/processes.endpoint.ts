import { PageQuery, Roles, SlugField, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { processColumns, processes, rowOf, type ProcessRow, type RunningProcess } from './processes.js';

export class ProcessesQuery extends PageQuery {
  @SlugField('Name of the process', { optional: true, example: 'ask-for-links-when-input-is-accepted' })
  process?: string;
}

/** The processes of an agency: what each waits for. */
@Controller('v1/agencies/:agency/processes')
export class ProcessesEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles('administrator', 'oversight', 'analyst')
  @ApiOkResponse({ description: 'Instances as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: ProcessesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ProcessRow, MoreRows>> {
    const columns = processColumns;
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find(agency: string, { process }: ProcessesQuery, after?: unknown) {
    const filter: Filter<RunningProcess> = {
      agency,
      ...(process === undefined ? {} : { process }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(processes).find(filter).sort({ _id: 1 });
  }
}

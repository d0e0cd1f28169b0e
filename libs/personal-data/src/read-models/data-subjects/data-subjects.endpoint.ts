import { EnumField, PageQuery, Roles, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataSubjects, type ListedDataSubject } from './data-subjects.js';

const statuses = ['standing', 'erasure-requested', 'erasure-approved', 'key-shredded', 'erased'] as const;

export class DataSubjectsQuery extends PageQuery {
  @EnumField('How far the erasure is', statuses, { optional: true, example: 'erasure-requested' })
  status?: ListedDataSubject['status'];
}

/** Whose erasure was asked for or held up: those of whom nothing was ever decided are not listed. */
@Controller('v1/agencies/:agency/data-subjects')
export class DataSubjectsEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles('service-owner', 'oversight', 'administrator')
  @ApiOkResponse({ description: 'A row for each person as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: DataSubjectsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ListedDataSubject, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.#find(agency, query.status, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [doc],
      columns,
    });
  }

  #find(agency: string, status?: string, after?: unknown) {
    const filter: Filter<ListedDataSubject> = {
      agency,
      ...(status === undefined ? {} : { status: status as ListedDataSubject['status'] }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(dataSubjects).find(filter).sort({ _id: 1 });
  }
}

const names = [
  'agency',
  'person',
  'status',
  'holds',
  'legalGround',
  'authority',
  'requestedAt',
  'erasedAt',
  'updatedAt',
  'revision',
] as const;
const columns = names.map((name) => ({
  name,
  of: (row: ListedDataSubject) => (name === 'holds' ? row.holds.join(' ') : row[name]),
  freeText: name === 'authority',
}));

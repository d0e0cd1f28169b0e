import { EnumField, PageQuery, Public, SlugField, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rowOf, services, type ListedService, type ServiceRow } from './services.js';

export class ServicesQuery extends PageQuery {
  @EnumField('Status', ['active', 'suspended', 'retired'], { optional: true, example: 'active' })
  status?: ListedService['state']['status'];
  @SlugField("Class in the agency's own classification", { optional: true, example: 'infrastructure' })
  type?: string;
  @SlugField('Department that provides it', { optional: true, example: 'public-works' })
  department?: string;
}

@Controller('v1/agencies/:agency/services')
export class ServicesEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Services as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: ServicesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ServiceRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find(agency: string, { status, type, department }: ServicesQuery, after?: unknown) {
    const filter: Filter<ListedService> = {
      agency,
      ...(status === undefined ? {} : { 'state.status': status }),
      ...(type === undefined ? {} : { 'state.type': type }),
      ...(department === undefined ? {} : { 'state.departmentId': department }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(services).find(filter).sort({ _id: 1 });
  }
}

const columns = (
  [
    'service',
    'name',
    'type',
    'scope',
    'status',
    'department',
    'channels',
    'feeBearing',
    'clientGroups',
    'openBarriers',
    'lastReviewOn',
    'revision',
    'updatedAt',
  ] as const
).map((name) => ({
  name,
  of: (row: ServiceRow) => (name === 'channels' ? row.channels.join(' ') : row[name]),
  freeText: name === 'name',
}));

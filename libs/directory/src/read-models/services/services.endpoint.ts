import { EnumField, PageQuery, Public, SlugField, acceptedType, page, sendRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
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
  ): Promise<Readable> {
    if (acceptedType(request.headers.accept) !== 'application/json')
      return sendRows(reply, request, { columns, rows: this.all(agency, query) });
    const { items, next } = await page(
      query,
      (after, limit) => this.find(agency, query, after?.[0]).limit(limit).toArray(),
      ({ _id }) => [_id],
    );
    return sendRows(reply, request, { columns, rows: items.map(rowOf), also: next === undefined ? {} : { next } });
  }

  private async *all(agency: string, query: ServicesQuery): AsyncGenerator<ServiceRow> {
    for await (const doc of this.find(agency, query)) yield rowOf(doc);
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

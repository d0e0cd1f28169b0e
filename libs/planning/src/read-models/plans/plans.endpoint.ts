import { EnumField, PageQuery, Roles, SlugField, acceptedType, page, sendRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { plans, rowOf, type ListedPlan, type ListedStatus, type PlanRow } from './plans.js';

const statuses: readonly ListedStatus[] = [
  'cycle-open',
  'diagnosing',
  'goal-setting',
  'prioritising',
  'submitted',
  'endorsed',
  'approved',
  'published',
  'under-revision',
  'cycle-closed',
  'evaluated',
];

export class PlansQuery extends PageQuery {
  @EnumField('Status', statuses, { optional: true, example: 'published' })
  status?: ListedStatus;
  @SlugField('Key service', { optional: true, example: 'water-supply' })
  service?: string;
}

@Controller('v1/agencies/:agency/plans')
export class PlansEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles(
    'service-owner',
    'team-member',
    'head-of-department',
    'executive',
    'verifier',
    'oversight',
    'analyst',
    'administrator',
  )
  @ApiOkResponse({ description: 'Plans as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: PlansQuery,
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

  private async *all(agency: string, query: PlansQuery): AsyncGenerator<PlanRow> {
    for await (const doc of this.find(agency, query)) yield rowOf(doc);
  }

  private find(agency: string, { status, service }: PlansQuery, after?: unknown) {
    const filter: Filter<ListedPlan> = {
      agency,
      ...(status === undefined ? {} : { status }),
      ...(service === undefined ? {} : { services: service }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(plans).find(filter).sort({ _id: 1 });
  }
}

const columns = (
  [
    'plan',
    'title',
    'cycle',
    'from',
    'to',
    'predecessor',
    'publishedBy',
    'status',
    'version',
    'services',
    'problems',
    'goals',
    'selectedSolutions',
    'revision',
    'updatedAt',
  ] as const
).map((name) => ({
  name,
  of: (row: PlanRow) => (name === 'services' ? row.services.join(' ') : row[name]),
  freeText: name === 'title' || name === 'publishedBy',
}));

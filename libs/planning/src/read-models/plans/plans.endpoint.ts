import {
  AsOf,
  EnumField,
  PageQuery,
  Roles,
  SlugField,
  sendList,
  type PointInLog,
  type MoreRows,
  type SentRows,
  isPast,
} from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ListedAt, foundAmong } from '../listed-at.js';
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
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: ListedAt,
  ) {}

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
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<PlanRow, MoreRows>> {
    const then = isPast(at) ? await this.past.find(plans, { agency, category: 'plan', at }) : undefined;
    return sendList(reply, request, {
      query,
      find: (after) =>
        then === undefined
          ? this.find(agency, query, after?.[0])
          : foundAmong(then.filter((plan) => isAsked(plan, query, after?.[0]))),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
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

const isAsked = ({ _id, ...plan }: ListedPlan, { status, service }: PlansQuery, after: unknown): boolean =>
  (status === undefined || plan.status === status) &&
  (service === undefined || plan.services.includes(service)) &&
  (typeof after !== 'string' || _id > after);

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

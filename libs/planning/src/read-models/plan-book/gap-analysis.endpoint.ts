import {
  AsOf,
  EnumField,
  PageQuery,
  Roles,
  SlugField,
  TextField,
  acceptedType,
  sendRows,
  type PointInLog,
  type MoreRows,
  type SentRows,
} from '@app/http';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { standardDimensions } from '../../plan/plan.events.js';
import { gapColumns, gapRowsOf, type GapRow } from './gap-analysis.js';
import { Measures } from './measures.js';
import { PlansAt } from './plans-at.js';
import { sortedPage, sortedRows, type Order } from './sorted-page.js';

const orders: Readonly<Record<string, Order<GapRow>>> = {
  '-relative': { of: ({ relative }) => relative, compare: 'numbers', descending: true },
  '-size': { of: ({ size }) => size, compare: 'numbers', descending: true },
  '-people': { of: ({ peopleAffected }) => String(peopleAffected), compare: 'numbers', descending: true },
  service: { of: ({ service }) => service, compare: 'text' },
};

export class GapAnalysisQuery extends PageQuery {
  @SlugField('Plan', { optional: true, example: 'water-2026' })
  plan?: string;
  @SlugField('Service', { optional: true, example: 'water-supply' })
  service?: string;
  @SlugField('Client group that is affected', { optional: true, example: 'informal-settlement' })
  group?: string;
  @TextField('District of the standard', { optional: true, maxLength: 200, example: 'langa' })
  district?: string;
  @EnumField('Dimension of the standard', standardDimensions, { optional: true, example: 'access' })
  dimension?: string;
  @EnumField('Order; left out: the largest first, in relation to what is desired', Object.keys(orders), {
    optional: true,
    example: '-people',
  })
  sort?: string;
}

const idOf = ({ plan, gap }: GapRow): string => `${plan}/${gap}`;

/** The gaps of all plans, also of those that are still written: the team works with them. */
@Controller('v1/agencies/:agency/gaps')
export class GapAnalysisEndpoint {
  constructor(
    private readonly plans: PlansAt,
    private readonly measures: Measures,
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
  @ApiOkResponse({ description: 'Gaps as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: GapAnalysisQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<GapRow, MoreRows>> {
    const { plans, known } = await this.plans.find(agency, query.plan, { at });
    const indicators = plans.flatMap(({ state }) => state.standards.flatMap(({ indicatorId }) => indicatorId ?? []));
    const cards = await this.measures.cards(agency, indicators, known);
    const { service, group, district, dimension } = query;
    const rows = plans
      .flatMap((plan) => gapRowsOf(plan, cards))
      .filter((row) => service === undefined || row.service === service)
      .filter((row) => group === undefined || row.groups.includes(group))
      .filter((row) => district === undefined || row.district === district)
      .filter((row) => dimension === undefined || row.dimension === dimension);
    const order = orders[query.sort ?? '-relative']!;
    if (acceptedType(request.headers.accept) !== 'application/json')
      return sendRows(reply, request, { columns, rows: sortedRows(rows, idOf, order) });
    const { items, next } = await sortedPage(query, rows, idOf, order);
    return sendRows(reply, request, { columns, rows: items, also: next === undefined ? {} : { next } });
  }
}

const figures = new Set<keyof GapRow>(['current', 'desired', 'size', 'relative', 'peopleAffected']);
const columns = gapColumns.map((name) => ({
  name,
  freeText: !figures.has(name),
  of: (row: GapRow) => {
    const value = row[name];
    return typeof value === 'object' && value !== null ? value.join(' / ') : value;
  },
}));

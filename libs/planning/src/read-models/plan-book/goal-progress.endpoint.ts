import {
  AsOf,
  DateField,
  EnumField,
  ListField,
  PageQuery,
  Public,
  SlugField,
  acceptedType,
  sendRows,
  type PointInLog,
  type MoreRows,
  type SentRows,
} from '@app/http';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { goalStatuses, type GoalStatus } from '../../goal-progress/goal-status.js';
import { goalColumns, goalRowsOf, type GoalRow } from './goal-rows.js';
import { Measures } from './measures.js';
import { PlansAt, isPublic } from './plans-at.js';
import { sortedPage, sortedRows, type Order } from './sorted-page.js';

const orders: Readonly<Record<string, Order<GoalRow>>> = {
  goal: { of: () => '', compare: 'text' },
  dueDate: { of: ({ dueDate }) => dueDate, compare: 'text' },
  attainment: { of: ({ attainment }) => attainment, compare: 'numbers' },
  '-attainment': { of: ({ attainment }) => attainment, compare: 'numbers', descending: true },
};

export class GoalProgressQuery extends PageQuery {
  @SlugField('Plan', { optional: true, example: 'streets-2026' })
  plan?: string;
  @SlugField('Service of its problems', { optional: true, example: 'water-supply' })
  service?: string;
  @SlugField('Indicator', { optional: true, example: 'on-time-closure' })
  indicator?: string;
  @ListField('Where goals stand: at-risk,off-track,overdue are those to look at', goalStatuses, {
    optional: true,
    query: true,
    example: ['off-track', 'overdue'],
  })
  status?: GoalStatus[];
  @EnumField('Order; a minus begins with the largest', Object.keys(orders), { optional: true, example: 'attainment' })
  sort?: string;
  @DateField('As it was true at the end of this day; left out: now', { optional: true, example: '2026-12-31' })
  validAt?: string;
}

const idOf = ({ plan, goal }: GoalRow): string => `${plan}/${goal}`;

/** Where the goals of published plans stand, by the readings of their indicators. */
@Controller('v1/agencies/:agency/goal-progress')
export class GoalProgressEndpoint {
  constructor(
    private readonly plans: PlansAt,
    private readonly measures: Measures,
  ) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Goals as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: GoalProgressQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<GoalRow, { readonly validAt: string } & MoreRows>> {
    const { plans, known, validAt } = await this.plans.find(agency, query.plan, { at, validAt: query.validAt });
    const shown = plans.filter(isPublic);
    const indicators = shown.flatMap(({ state }) => state.goals.flatMap(({ indicatorId }) => indicatorId ?? []));
    const measured = await this.measures.of(agency, indicators, known);
    const all = await Promise.all(
      shown.map(async (plan) => goalRowsOf(plan, measured, validAt, await this.plans.withoutData(plan, known))),
    );
    const rows = all
      .flat()
      .filter(({ status }) => query.status?.includes(status) ?? true)
      .filter(({ services }) => query.service === undefined || services.includes(query.service))
      .filter(({ indicator }) => query.indicator === undefined || indicator === query.indicator);
    const order = orders[query.sort ?? 'goal']!;
    if (acceptedType(request.headers.accept) !== 'application/json')
      return sendRows(reply, request, { columns, rows: sortedRows(rows, idOf, order) });
    const { items, next } = await sortedPage(query, rows, idOf, order);
    const also = { validAt: validAt.day, ...(next === undefined ? {} : { next }) };
    return sendRows(reply, request, { columns, rows: items, also });
  }
}

const figures = new Set<keyof GoalRow>(['baseline', 'weight', 'actual', 'attainment', 'expected', 'forecast']);
const columns = goalColumns.map((name) => ({
  name,
  freeText: !figures.has(name),
  of: (row: GoalRow) => {
    const value = row[name];
    return typeof value === 'object' && value !== null ? value.join(' / ') : (value as string);
  },
}));

import {
  AsOf,
  EnumField,
  FlagField,
  PageQuery,
  RequestContext,
  Roles,
  SlugField,
  acceptedType,
  page,
  sendRows,
  type CommandContext,
  type KeyPart,
  type PointInLog,
  type MoreRows,
  type SentRows,
  isPast,
} from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApprovalsAt } from './approvals-at.js';
import { approvals, decidingRoles, rowOf, type ApprovalRow, type DecidingRole, type Matter } from './approvals.js';

export class ApprovalsQuery extends PageQuery {
  @EnumField('Role that it waits for', decidingRoles, { optional: true, example: 'executive' })
  role?: DecidingRole;
  @SlugField('Plan', { optional: true, example: 'water-2026' })
  plan?: string;
  @FlagField('true: only what the caller may take on, so nothing in which the caller has another duty', {
    optional: true,
    query: true,
    example: true,
  })
  mine?: boolean;
}

/** Who is asked for which decision on plans, reports and revisions, the longest wait first. */
@Controller('v1/agencies/:agency/approvals')
export class ApprovalsEndpoint {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: ApprovalsAt,
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
  @ApiOkResponse({ description: 'What waits as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: ApprovalsQuery,
    @AsOf() at: PointInLog,
    @RequestContext() { principal }: CommandContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<ApprovalRow, MoreRows>> {
    const asked = { ...query, agency, person: principal.person };
    const past = isPast(at) ? await this.pastOf(asked, at) : undefined;
    if (acceptedType(request.headers.accept) !== 'application/json')
      return sendRows(reply, request, { columns, rows: past?.map(rowOf) ?? this.all(asked) });
    const { items, next } = await page(
      query,
      async (after, limit) =>
        past === undefined ? this.find(asked, after?.[0]).limit(limit).toArray() : behind(past, after).slice(0, limit),
      ({ order }) => [order],
    );
    return sendRows(reply, request, { columns, rows: items.map(rowOf), also: next === undefined ? {} : { next } });
  }

  private async *all(asked: Asked): AsyncGenerator<ApprovalRow> {
    for await (const matter of this.find(asked)) yield rowOf(matter);
  }

  private async pastOf({ agency, role, plan, mine, person }: Asked, at: PointInLog): Promise<readonly Matter[]> {
    const matters = await this.past.find(agency, plan, at);
    return matters.filter(
      (matter) =>
        (role === undefined || matter.role === role) &&
        (mine !== true || (!matter.excluded.includes(person) && (matter.person ?? person) === person)),
    );
  }

  private find({ agency, role, plan, mine, person }: Asked, after?: unknown) {
    const filter: Filter<Matter> = {
      agency,
      waiting: true,
      ...(role === undefined ? {} : { role }),
      ...(plan === undefined ? {} : { plan }),
      ...(mine === true ? { excluded: { $ne: person }, $or: [{ person }, { person: { $exists: false } }] } : {}),
      ...(typeof after === 'string' ? { order: { $gt: after } } : {}),
    };
    return this.readModels.collection(approvals).find(filter).sort({ order: 1, _id: 1 });
  }
}

const behind = (matters: readonly Matter[], after: readonly KeyPart[] | undefined): readonly Matter[] =>
  after === undefined ? matters : matters.filter(({ order }) => order > String(after[0]));

type Asked = Pick<ApprovalsQuery, 'role' | 'plan' | 'mine'> & { readonly agency: string; readonly person: string };

const columns = (
  ['plan', 'kind', 'item', 'about', 'step', 'role', 'person', 'since', 'by', 'contentHash'] as const
).map((name) => ({ name, of: (row: ApprovalRow) => row[name], freeText: name === 'about' }));

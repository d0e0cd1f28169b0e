import { EventLog, StreamDecider } from '@app/event-store';
import {
  AsOf,
  OffsetDateTimeField,
  PageQuery,
  Roles,
  TextField,
  acceptedType,
  page,
  sendRows,
  type PointInLog,
  type MoreRows,
  type SentRows,
} from '@app/http';
import type { Difference } from '@app/kernel';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { plan } from '../plan.state.js';
import { planHistory, type HistoryEntry } from '../plan-history.js';

export class PlanHistoryQuery extends PageQuery {
  @TextField('Type of event', { optional: true, maxLength: 64, example: 'PlanRevisionProposed' })
  type?: string;
  @TextField('Person who acted', { optional: true, maxLength: 64 })
  actor?: string;
  @TextField('Part of the plan that was changed: the beginning of a JSON pointer', {
    optional: true,
    maxLength: 300,
    example: '/goals/leaks-in-three-days',
  })
  part?: string;
  @OffsetDateTimeField('Recorded at or after', { optional: true })
  from?: string;
  @OffsetDateTimeField('Recorded before', { optional: true })
  to?: string;
}

interface Asked extends Omit<PlanHistoryQuery, 'cursor' | 'limit'> {
  readonly agency: string;
  readonly id: string;
}

/** Every event of a plan with what it changed: replayed from the log, so it is never behind. Empty where there is no plan. */
@Controller('v1/agencies/:agency/plans/:plan/history')
export class ReadHistoryEndpoint {
  constructor(
    private readonly log: EventLog,
    private readonly decider: StreamDecider,
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
  @ApiOkResponse({ description: 'Events as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Param('plan') id: string,
    @Query() query: PlanHistoryQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<HistoryEntry, MoreRows>> {
    const last = (await this.decider.load(plan, agency, id, at)).revision;
    const asked = { ...query, agency, id };
    if (acceptedType(request.headers.accept) !== 'application/json')
      return sendRows(reply, request, { columns, rows: this.entries(asked, 0n, last) });
    const { items, next } = await page(
      query,
      (after, limit) => this.some(asked, after === undefined ? 0n : BigInt(after[0]!) + 1n, last, limit),
      ({ revision }) => [revision],
    );
    return sendRows(reply, request, { columns, rows: items, also: next === undefined ? {} : { next } });
  }

  private async some(asked: Asked, from: bigint, to: bigint, limit: number): Promise<readonly HistoryEntry[]> {
    const entries: HistoryEntry[] = [];
    for await (const entry of this.entries(asked, from, to)) {
      entries.push(entry);
      if (entries.length === limit) break;
    }
    return entries;
  }

  private async *entries(asked: Asked, from: bigint, to: bigint): AsyncGenerator<HistoryEntry> {
    const { agency, id } = asked;
    if (from > to) return;
    const { state } =
      from === 0n ? { state: plan.initial } : await this.decider.load(plan, agency, id, { revision: from - 1n });
    const events = this.log.readStream({ category: plan.category, tenant: agency, id }, from, { to });
    for await (const entry of planHistory(events, state)) if (isAsked(entry, asked)) yield entry;
  }
}

function isAsked({ type, person, recordedAt, changed }: HistoryEntry, asked: Asked): boolean {
  const { part } = asked;
  const at = Date.parse(recordedAt);
  return (
    (asked.type === undefined || asked.type === type) &&
    (asked.actor === undefined || asked.actor === person) &&
    (asked.from === undefined || at >= Date.parse(asked.from)) &&
    (asked.to === undefined || at < Date.parse(asked.to)) &&
    (part === undefined || changed.some(({ pointer }) => pointer === part || pointer.startsWith(`${part}/`)))
  );
}

const shown = ({ pointer, before, after }: Difference): string =>
  `${pointer}: ${JSON.stringify(before) ?? ''} -> ${JSON.stringify(after) ?? ''}`;

const columns = [
  ...(['revision', 'type', 'occurredAt', 'recordedAt', 'person', 'role', 'legalBasis'] as const).map((name) => ({
    name,
    of: (row: HistoryEntry) => row[name],
    freeText: name === 'legalBasis',
  })),
  { name: 'changed', of: ({ changed }: HistoryEntry) => changed.map(shown).join('\n'), freeText: true },
];

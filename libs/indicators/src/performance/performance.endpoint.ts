import { StreamDecider } from '@app/event-store';
import { Problem, Public, problemAt, problems, sendRows, type SentRows } from '@app/http';
import { Clock, inZone, isOffsetDateTime } from '@app/kernel';
import { ReadModels } from '@app/projections';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { indicator } from '../indicator/indicator.state.js';
import { FactCache } from './fact-cache.js';
import { hasFlag } from './facts.js';
import type { DeclaredNoData } from './ledger-pages.js';
import { cardsOf, figureColumns, performanceOf, type PerformanceRow } from './performance.js';
import { PerformanceQuery } from './performance-query.js';

/** Beside the rows. */
interface PerformanceNotes {
  /** The moment at which the figures stood so. */
  readonly validAt: string;
  /** What was declared to have no data. */
  readonly noData?: readonly DeclaredNoData[];
}

/** Open data: what an indicator came to, by any of its dimensions, as it stood at any moment. */
@Controller('v1/performance')
export class PerformanceEndpoint {
  private readonly readings: FactCache;

  constructor(
    readModels: ReadModels,
    private readonly decider: StreamDecider,
    private readonly clock: Clock,
  ) {
    this.readings = new FactCache(readModels);
  }

  @Get()
  @Public()
  async get(
    @Query() { agency, indicator: id, groupBy = '', validAt, flag }: PerformanceQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<PerformanceRow, PerformanceNotes>> {
    const { state } = await this.decider.load(indicator, agency, id);
    if (state.status === 'undefined') throw new Problem(problems.notFound, 'The agency has no such indicator.');
    const { card } = state;
    const groups = groupBy === '' ? [] : groupBy.split(',');
    const unknown = groups.find((name) => name !== 'period' && !card.disaggregations.includes(name));
    if (unknown !== undefined || new Set(groups).size !== groups.length) {
      const known = ['period', ...card.disaggregations].join(', ');
      throw problemAt(problems.invalidFields, '?groupBy', `It names each of these once at the most: ${known}.`);
    }
    const at = this.moment(validAt, card.timeZone);
    const { facts, noData } = await this.readings.of(agency, card.readsFrom ?? id);
    const asked = flag === undefined ? facts : facts.filter((fact) => hasFlag(fact, flag));
    const rows = performanceOf(asked, cardsOf(state), groups, at);
    const columns = [
      ...groups.map((name) => ({ name, of: (row: PerformanceRow) => row.key[name], freeText: true })),
      ...figureColumns[card.kind].map((name) => ({
        name,
        of: (row: PerformanceRow) => (row as unknown as Partial<Record<string, string | number | null>>)[name],
      })),
    ];
    const also = { validAt: at.toISOString(), ...(noData.length === 0 ? {} : { noData }) };
    return sendRows(reply, request, { rows, columns, also });
  }

  /** A bare date is the end of that day in the zone of the indicator. */
  private moment(validAt: string | undefined, timeZone: string): Date {
    if (validAt === undefined) return this.clock.now();
    const text = validAt.replace(' ', '+');
    if (isOffsetDateTime(text)) return new Date(text);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text) && isOffsetDateTime(`${text}T00:00:00Z`))
      return new Date(inZone(`${text}T23:59:59`, timeZone));
    throw problemAt(problems.invalidFields, '?validAt', 'It is a day (2011-07-31) or an instant with offset.');
  }
}

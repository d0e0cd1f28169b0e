import { DateField, PageQuery, Roles, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { votingDays, type VotingDay } from './voting-days.js';

export class VotingDaysQuery extends PageQuery {
  @DateField('First day', { optional: true, example: '2014-06-18' })
  from?: string;
  @DateField('Day after the last one', { optional: true, example: '2014-07-01' })
  to?: string;
}

export type VotingDayRow = Omit<VotingDay, '_id' | 'agency' | 'consultation'>;

interface Consultation {
  readonly agency: string;
  readonly consultation: string;
}

/** When people voted: vote events for each day of UTC that has any. */
@Controller('v1/agencies/:agency/consultations/:consultation/voting-days')
export class VotingDaysEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Roles('service-owner', 'team-member', 'data-capturer', 'head-of-department', 'executive', 'oversight', 'analyst')
  @ApiOkResponse({ description: 'Rows as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Param('consultation') consultation: string,
    @Query() query: VotingDaysQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<VotingDayRow, MoreRows>> {
    const of = { agency, consultation };
    return sendList(reply, request, {
      query,
      find: (after) => this.find(of, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find(of: Consultation, { from = '', to = '~' }: VotingDaysQuery, after?: unknown) {
    const days = `${of.agency}/${of.consultation}/`;
    const first = typeof after === 'string' ? { $gt: after } : { $gte: `${days}${from}` };
    const filter: Filter<VotingDay> = { ...of, _id: { ...first, $lt: `${days}${to}` } };
    return this.readModels.collection(votingDays).find(filter).sort({ _id: 1 });
  }
}

const rowOf = ({ day, votes, agree, disagree, pass }: VotingDay): VotingDayRow => ({
  day,
  votes,
  agree,
  disagree,
  pass,
});

const columnNames = ['day', 'votes', 'agree', 'disagree', 'pass'] as const;
const columns = columnNames.map((name) => ({ name, of: (row: VotingDayRow) => row[name] }));

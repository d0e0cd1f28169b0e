import { EnumField, PageQuery, Public, TextField, sendList, type MoreRows, type SentRows } from '@app/http';
import { ReadModels, type Filter } from '@app/projections';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { publicNotices, type GivenNotice } from './public-notices.js';

export class PublicNoticesQuery extends PageQuery {
  @EnumField('Status; standing when it is left out', ['standing', 'withdrawn'], { optional: true, example: 'standing' })
  status?: GivenNotice['status'];
  @TextField('Record that it is about: the name of its stream', {
    optional: true,
    maxLength: 500,
    example: 'plan-boston/water-2026',
  })
  stream?: string;
}

export interface NoticeRow {
  readonly id: string;
  readonly kind: string;
  readonly subjectKind: string;
  readonly stream: string;
  readonly subject: string | null;
  readonly since: string;
  readonly reason: string;
  readonly status: string;
  readonly givenAt: string;
  readonly withdrawnAt: string | null;
  readonly withdrawnFor: string | null;
}

/** Where there are no data, it is said: missing is not zero. */
@Controller('v1/agencies/:agency/public-notices')
export class PublicNoticesEndpoint {
  constructor(private readonly readModels: ReadModels) {}

  @Get()
  @Public()
  @ApiOkResponse({ description: 'Notices as JSON (a page), CSV or NDJSON (all)' })
  async get(
    @Param('agency') agency: string,
    @Query() query: PublicNoticesQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SentRows<NoticeRow, MoreRows>> {
    return sendList(reply, request, {
      query,
      find: (after) => this.find(agency, query, after?.[0]),
      keyOf: ({ _id }) => [_id],
      rowsOf: (doc) => [rowOf(doc)],
      columns,
    });
  }

  private find(agency: string, { status = 'standing', stream }: PublicNoticesQuery, after?: unknown) {
    const filter: Filter<GivenNotice> = {
      agency,
      status,
      ...(stream === undefined ? {} : { 'subject.stream': stream }),
      ...(typeof after === 'string' ? { _id: { $gt: after } } : {}),
    };
    return this.readModels.collection(publicNotices).find(filter).sort({ _id: 1 });
  }
}

const rowOf = ({ _id, subject, ...doc }: GivenNotice): NoticeRow => ({
  id: _id,
  kind: doc.kind,
  subjectKind: subject.kind,
  stream: subject.stream,
  subject: subject.id ?? null,
  since: doc.since,
  reason: doc.reason,
  status: doc.status,
  givenAt: doc.givenAt,
  withdrawnAt: doc.withdrawnAt ?? null,
  withdrawnFor: doc.withdrawnFor ?? null,
});

const columns = (
  [
    'id',
    'kind',
    'subjectKind',
    'stream',
    'subject',
    'since',
    'reason',
    'status',
    'givenAt',
    'withdrawnAt',
    'withdrawnFor',
  ] as const satisfies readonly (keyof NoticeRow)[]
).map((name) => ({ name, of: (row: NoticeRow) => row[name], freeText: name === 'reason' || name === 'withdrawnFor' }));

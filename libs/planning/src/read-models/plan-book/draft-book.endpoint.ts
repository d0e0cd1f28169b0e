import { AsOf, Roles, type PointInLog } from '@app/http';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PlanBookContent } from './book-content.js';
import { Books, PlanBookQuery, textForms } from './books.js';

/** The book of a plan in any state, also while it is written. */
@Controller('v1/agencies/:agency/plans/:plan/book')
export class DraftBookEndpoint {
  constructor(private readonly books: Books) {}

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
  @ApiOkResponse({ description: 'The book as JSON, Markdown, or a page to print', content: textForms })
  get(
    @Param('agency') agency: string,
    @Param('plan') plan: string,
    @Query() query: PlanBookQuery,
    @AsOf() at: PointInLog,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlanBookContent | string> {
    return this.books.send({ agency, plan, query, at, publicOnly: false }, request, reply);
  }
}
